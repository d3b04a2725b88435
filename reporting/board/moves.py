"""What moved: the latest frozen month against the one before and the same month a year ago."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import figures
from reporting.charts import Point
from reporting.counting import Cell
from reporting.counting.dates import month_before, month_end


@dataclass(frozen=True, slots=True)
class Move:
    """`since` is «En un mois» or «En un an»; `sign` is 1, 0, -1, or None where nothing is known."""

    since: str
    sentence: str
    sign: int | None = None


def moves(points: Sequence[Point]) -> list[Move]:
    """Of frozen months, oldest first; one move for a month, one for a year."""
    if not points:
        return []
    latest = points[-1]
    known = {point.day: point for point in points}
    return [
        _move(_("En un mois"), latest, month_before(latest.day), known),
        _move(_("En un an"), latest, year_before(latest.day), known),
    ]


def year_before(day: dt.date) -> dt.date:
    """The last day of the same month a year ago."""
    return month_end(day.replace(year=day.year - 1, day=1))


def _move(since: str, latest: Point, day: dt.date, known: dict[dt.date, Point]) -> Move:
    before = known.get(day)
    if before is None:
        told = {"month": figures.month_name(day)}
        return Move(since, _("Pas de comparaison : fin %(month)s n’est pas arrêté.") % told)
    if before.cell is None or latest.cell is None:
        return Move(since, _("Pas de comparaison : l’un des deux mois est masqué."))
    if not (before.cell.is_required and latest.cell.is_required):
        return Move(since, _("Pas de comparaison : rien n’était requis à l’une des deux dates."))
    return _compare(since, before.day, before.cell, latest.day, latest.cell)


def _compare(since: str, first: dt.date, before: Cell, last: dt.date, after: Cell) -> Move:
    # Of the whole percents that are shown, so that the reader's own subtraction agrees.
    points = (after.percent or 0) - (before.percent or 0)
    sentence = _(
        "De %(before)s fin %(first)s à %(after)s fin %(last)s : %(points)s. En retard : %(late)s."
    )
    told = {
        "before": figures.rate_text(before),
        "first": figures.month_name(first),
        "after": figures.rate_text(after),
        "last": figures.month_name(last),
        "points": _points(points),
        "late": _late(before.overdue, after.overdue),
    }
    return Move(since, sentence % told, (points > 0) - (points < 0))


def _points(points: int) -> str:
    if not points:
        return _("même part")
    if points > 0:
        return ngettext("%(n)d point de plus", "%(n)d points de plus", points) % {"n": points}
    return ngettext("%(n)d point de moins", "%(n)d points de moins", -points) % {"n": -points}


def _late(before: int, after: int) -> str:
    if before == after:
        return _("%(n)s, comme alors") % {"n": figures.number(after)}
    told = {"before": figures.number(before), "after": figures.number(after)}
    return _("%(before)s alors, %(after)s depuis") % told
