"""The board's page on paper: one sheet of A4, PDF/UA-1."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.services import pdf_render
from reporting import figures
from reporting.board.reading import Board
from reporting.board.words import board_words, late_share, trend_alt, trend_title
from reporting.charts import Point

TEMPLATE = "reporting/board/board.typ"
MONTHS = 13  # a year, and the month it is measured from


def board_pdf_render(board: Board) -> bytes:
    """One page, whatever the names in it. Equal figures give equal bytes."""
    day = timezone.localtime(board.computed_at).date()
    return pdf_render(
        template=TEMPLATE,
        data=board_data(board),
        timestamp=dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC),
    )


def board_data(board: Board) -> dict[str, Any]:
    """What the template reads: every word of it."""
    words = board_words(board)
    title = _("Bilan pour la direction")
    empty = words.pop("empty")
    return words | {
        "campaign": settings.WAGTAIL_SITE_NAME,
        "document_title": _("%(title)s : %(place)s") % {"title": title, "place": board.place},
        "title": title,
        "place": board.place,
        "questions": [
            _("Où en sommes-nous ?"),
            _("Qu’est-ce qui a bougé ?"),
            _("Qui est en retard ?"),
            _("Que décider ?"),
        ],
        "empty": [str(text) for text in empty] if empty else None,
        "trend": _trend(board.points[-MONTHS:]),
        "moves": [{"since": one.since, "text": one.sentence} for one in words["moves"]],
        "late": [
            {"name": one.name, "text": one.text, "share": late_share(board, one.overdue)}
            for one in board.late
        ],
        "proposals": [{"what": one.what, "why": one.why} for one in board.proposals],
    }


def _trend(points: Sequence[Point]) -> dict[str, Any] | None:
    known = [point.cell for point in points if point.cell is not None and point.cell.people]
    if not known:
        return None
    return {
        "title": trend_title(points),
        "alt": trend_alt(points),
        "rates": [point.cell.rate if point.cell else None for point in points],
        "first": f"{points[0].day:%m/%Y}",
        "last": f"{points[-1].day:%m/%Y}",
        "value": figures.percent(known[-1]),
    }
