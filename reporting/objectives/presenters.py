"""An objective as a sentence and a bar. The sentence says all of it; the bar is for the eye."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting import figures
from reporting.counting import Cell
from reporting.kinds import titled
from reporting.models import Objective
from users.days import long_day

from .progress import Pace, Progress
from .selectors import Followed

REACHED, UNDER_WAY, PAST, HIDDEN, UNMEASURED = (
    "reached",
    "under_way",
    "past",
    "hidden",
    "unmeasured",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What a page shows of an objective."""

    objective: Objective
    title: str
    state: str
    badge: str
    sentence: str
    bar: SafeString


def lines_of(followed: list[Followed]) -> list[Line]:
    return [line_of(one) for one in followed]


def line_of(followed: Followed) -> Line:
    objective, progress = followed.objective, followed.progress
    state = _state(followed)
    return Line(
        objective=objective,
        title=title_of(objective),
        state=state,
        badge=_badge(state),
        sentence=sentence_of(followed),
        bar=bar(progress.cell, objective.percent) if progress.is_measured else SafeString(""),
    )


def title_of(objective: Objective) -> str:
    """«Infirmier, « Mots de passe » : 80 % avant le 30 juin 2027»."""
    words = _("%(who)s, %(what)s : %(percent)s avant le %(day)s")
    return words % {
        "who": whom(objective),
        "what": what(objective),
        "percent": f"{objective.percent}{figures.NBSP}%",
        "day": long_day(objective.due_on),
    }


def whom(objective: Objective) -> str:
    if objective.role:
        return objective.role.name
    if objective.role_family:
        return _("Filière %(name)s") % {"name": objective.role_family.name}
    return _("Tous les métiers")


def what(objective: Objective) -> str:
    if objective.trainable is None:
        return _("tous les modules")
    return _("« %(title)s »") % {"title": titled(objective.trainable)}


def sentence_of(followed: Followed) -> str:
    progress, objective = followed.progress, followed.objective
    if progress.cell is None:
        return _("Masqué : le groupe est trop petit, ou permettrait d’en retrouver un autre.")
    if not progress.is_measured:
        return _("Rien n’est demandé à ces personnes : l’objectif ne se mesure pas encore.")
    figure = figures.cell_text(progress.cell)
    if progress.is_reached:
        return _("Atteint : %(figure)s.") % {"figure": figure}
    missing = ngettext(
        "il manque %(n)s personne", "il manque %(n)s personnes", progress.missing
    ) % {"n": figures.number(progress.missing)}
    said = f"{figure} ; {missing}".replace(" ;", f"{figures.NBSP};")
    pace = _pace(progress, objective)
    return f"{said}{figures.NBSP}; {pace}." if pace else f"{said}."


def _pace(progress: Progress, objective: Objective) -> str:
    match progress.pace:
        case Pace.STALLS:
            return _("au rythme des trois derniers mois, il ne serait pas atteint")
        case Pace.FAR:
            return _("au rythme des trois derniers mois, pas avant trois ans")
        case Pace.REACHES if progress.reached_in is not None:
            words = _("au rythme des trois derniers mois, atteint en %(month)s%(late)s")
            is_late = progress.reached_in > objective.due_on
            late = _(", après l’échéance") if is_late else ""
            return words % {"month": figures.month_name(progress.reached_in), "late": late}
        case _:
            return ""


def _state(followed: Followed) -> str:
    if followed.progress.cell is None:
        return HIDDEN
    if not followed.progress.is_measured:
        return UNMEASURED
    if followed.progress.is_reached:
        return REACHED
    return PAST if followed.objective.due_on <= followed.day else UNDER_WAY


def _badge(state: str) -> str:
    return {
        REACHED: _("Atteint"),
        UNDER_WAY: _("En cours"),
        PAST: _("Échéance passée"),
        HIDDEN: _("Masqué"),
        UNMEASURED: _("Non mesuré"),
    }[state]


WIDTH, HEIGHT = 400, 28


def bar(cell: Cell | None, percent: int) -> SafeString:
    """The share covered, hatched, on a track, and a mark where the objective is."""
    assert cell is not None
    share = round(WIDTH * (cell.rate or 0), 1)
    mark = round(WIDTH * percent / 100, 1)
    marked = min(max(mark, 2), WIDTH - 2)
    stripes = "".join(
        f'<line class="tcv-bar__stripe" x1="{x}" x2="{min(x + 6, share)}" y1="20" y2="8"/>'
        for x in range(4, int(share), 10)
        if x + 6 <= share
    )
    return SafeString(
        f'<svg class="tcv-bar" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect class="tcv-bar__track" x="0.5" y="6.5" width="{WIDTH - 1}" height="15"/>'
        f'<rect class="tcv-bar__fill" x="0" y="6" width="{share}" height="16"/>{stripes}'
        f'<line class="tcv-bar__mark" x1="{marked}" x2="{marked}" y1="0" y2="{HEIGHT}"/></svg>'
    )
