"""The sentences of the board's page that the screen, the paper and the mail share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting import figures
from reporting.board.moves import Move
from reporting.board.reading import Board
from reporting.charts import Point
from reporting.counting import Cell
from users.days import long_day

HIDDEN, NOTHING = "hidden", "nothing"
EMPTY = {
    HIDDEN: (
        gettext_lazy("Le total est masqué."),
        gettext_lazy(
            "Il compte moins de cinq personnes, ou permettrait de retrouver un groupe de moins de "
            "cinq personnes."
        ),
    ),
    NOTHING: (
        gettext_lazy("Rien n’est encore demandé ici."),
        gettext_lazy(
            "Aucune obligation de formation ne concerne une personne connue ou déclarée. Une "
            "obligation, ou la liste du personnel, fait apparaître les chiffres."
        ),
    ),
}


def empty_kind(board: Board) -> str:
    """Why there is no main figure; "" where there is one."""
    if board.total is None:
        return HIDDEN
    return "" if board.total.is_required else NOTHING


def main_words(cell: Cell) -> dict[str, str]:
    """The one main figure: «412 / 610», and what it says."""
    return {
        "figure": f"{figures.number(cell.covered)}{figures.NBSP}/{figures.NBSP}"
        f"{figures.number(cell.people)}",
        "sentence": ", ".join(_parts(cell)),
    }


def _parts(cell: Cell) -> list[str]:
    """«personnes à jour (68 %)», «50 non recensés», «32 en retard»."""
    told = [_("personnes à jour (%(rate)s)") % {"rate": figures.percent(cell)}]
    parts = (figures.declared_text(cell), figures.unknown_text(cell), figures.overdue_text(cell))
    return told + [part for part in parts if part]


def situation(board: Board) -> str:
    told = {"day": long_day(board.day), "at": figures.moment(board.computed_at)}
    if board.is_live:
        return _("Situation au %(day)s, calculée le %(at)s.") % told
    return _("Mois arrêté au %(day)s, calculé le %(at)s. Il ne change plus.") % told


def reach_words(board: Board) -> str:
    """«312 établissements renseignés sur 3 036», of a region or the nation."""
    if board.reach is None:
        return ""
    told = {
        "known": figures.number(board.reach.known),
        "total": figures.number(board.reach.total),
    }
    return _("Établissements renseignés : %(known)s sur %(total)s.") % told


def moves_words(board: Board) -> Sequence[Move]:
    """What moved, or why nothing can be said of it."""
    if board.moves:
        return board.moves
    if not board.has_months:
        why = _(
            "Les mois arrêtés ne descendent pas jusqu’au service : la comparaison se lit dans le "
            "bilan de l’établissement."
        )
        return [Move(_("Par service"), why)]
    why = _("Aucun mois n’est encore arrêté : la comparaison commence à la fin du premier mois.")
    return [Move(_("Pas encore"), why)]


def nobody_late(board: Board) -> str:
    """Instead of lines, where there are none."""
    if board.total is None:
        return _(
            "Ce mois-ci les retards sont masqués, comme le total. Le tableau dit ce qui peut être "
            "montré, module par module."
        )
    if board.total.overdue:
        return _("Les groupes en retard sont trop petits pour être montrés.")
    return _("Personne n’est en retard.")


def no_proposal(board: Board) -> str:
    """A hidden total proposes nothing, and nothing is no praise."""
    if board.proposals:
        return ""
    if board.total is None:
        return _(
            "Rien n’est proposé à partir d’un total masqué. Lisez le tableau, module par module."
        )
    return _(
        "Aucune règle ne propose d’action : continuez ainsi, et relisez cette page dans un mois."
    )


def foot() -> str:
    return _(
        "À jour : une personne dont chaque formation demandée est validée et compte encore. Non "
        "recensés : effectif déclaré au-delà des personnes connues, compté comme non formé. Aucun "
        "nom ne figure sur cette page."
    )


def trend_title(points: Sequence[Point]) -> str:
    return _("Part des personnes à jour à la fin de chaque mois")


def trend_alt(points: Sequence[Point]) -> str:
    """The drawing in words: «Part des personnes à jour …, octobre 2026 : 412 / 610 (68 %)»."""
    told: list[str] = [
        f"{figures.month_name(point.day)}{figures.NBSP}: "
        + (figures.rate_text(point.cell) if point.cell else _("masqué"))
        for point in points
    ]
    return f"{trend_title(points)}. {' ; '.join(told)}."


def late_share(board: Board, overdue: int) -> int:
    """From 1 to 10, for the length of a bar: the longest has 10."""
    most = max(one.overdue for one in board.late)
    return max(1, round(10 * overdue / most))


def board_words(board: Board) -> dict[str, Any]:
    """All of it, for templates."""
    empty = empty_kind(board)
    return {
        "situation": situation(board),
        "empty": EMPTY[empty] if empty else None,
        "main": main_words(board.total) if board.total is not None and not empty else None,
        "reach_words": reach_words(board),
        "moves": moves_words(board),
        "late_kind": board.late_kind,
        "nobody_late": nobody_late(board),
        "nothing": no_proposal(board),
        "foot": foot(),
    }
