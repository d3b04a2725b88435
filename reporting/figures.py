"""Figures as the screens write them: «412 / 610 (68 %), 50 non recensés»."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.counting import Cell

NARROW = "\u202f"  # between thousands
NBSP = "\u00a0"
MINUS = "\u2212"


def number(value: int) -> str:
    """1234 -> «1 234», not to be broken."""
    return f"{value:,}".replace(",", NARROW) if value >= 1000 else str(value)


def percent(cell: Cell) -> str:
    value = cell.percent
    return f"{value}{NBSP}%" if value is not None else "–"


def rate_text(cell: Cell) -> str:
    """«412 / 610 (68 %)», or «non requis»."""
    value = cell.percent
    return _("non requis") if value is None else rate_of(cell, value)


def rate_of(cell: Cell, value: int) -> str:
    """«412 / 610 (68 %)» of a cell whose percentage is known already."""
    return f"{number(cell.covered)}{NBSP}/{NBSP}{number(cell.people)} ({value}{NBSP}%)"


def unknown_text(cell: Cell) -> str:
    """«50 non recensés», or nothing."""
    return _unknown(cell.unknown) if cell.unknown else ""


def declared_text(cell: Cell) -> str:
    """«dont 30 déclarés», or nothing."""
    return _declared(cell.by_declaration) if cell.by_declaration else ""


def overdue_text(cell: Cell) -> str:
    return _overdue(cell.overdue) if cell.overdue else ""


# A table has hundreds of them, and looking words up takes longer than all else that is done for a
# cell: each number's words are kept. The site speaks one language.


@lru_cache(maxsize=4096)
def _unknown(count: int) -> str:
    return ngettext("%(n)s non recensé", "%(n)s non recensés", count) % {"n": number(count)}


@lru_cache(maxsize=4096)
def _declared(count: int) -> str:
    return ngettext("dont %(n)s déclaré", "dont %(n)s déclarés", count) % {"n": number(count)}


@lru_cache(maxsize=4096)
def _overdue(count: int) -> str:
    return _("%(n)s en retard") % {"n": number(count)}


def cell_text(cell: Cell) -> str:
    """«412 / 610 (68 %), dont 30 déclarés, 50 non recensés»: the declared are part of the 412."""
    parts = (rate_text(cell), declared_text(cell), unknown_text(cell))
    return ", ".join(part for part in parts if part)


def unknown_share_text(cell: Cell) -> str:
    if not cell.people:
        return "–"
    share = round(100 * cell.unknown / cell.people)
    return f"{max(share, 1) if cell.unknown else 0}{NBSP}%"


def points_text(before: int, after: int) -> str:
    """«+6 points», between two rates in whole percent."""
    moved = after - before
    if not moved:
        return _("inchangé")
    words = ngettext("%(n)s point", "%(n)s points", abs(moved))
    return words % {"n": f"{'+' if moved > 0 else MINUS}{abs(moved)}"}


def moved_text(before: Cell | None, after: Cell) -> str:
    """How the rate moved, or a dash where one of the two has none."""
    if before is None or before.percent is None or after.percent is None:
        return "–"
    return points_text(before.percent, after.percent)


def level(cell: Cell) -> int:
    """The shade and the pie of a cell: 0 nobody, 1 to 4 by quarters, 5 everybody."""
    return level_of(cell.percent or 0)


def level_of(percentage: int) -> int:
    return 5 if percentage == 100 else 0 if percentage == 0 else 1 + percentage // 25


def month_name(day: dt.date) -> str:
    """«novembre 2026»."""
    return date_format(day, "F Y")


def short_day(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"  # lists have thousands of days


def moment(at: dt.datetime) -> str:
    """«21 novembre 2026 à 14 h 05», in Paris."""
    return date_format(timezone.localtime(at), f"j F Y à G{NBSP}\\h{NBSP}i")


def four(cell: Cell) -> dict[str, str]:
    """What stands on top of a page: covered, expected, unknown share, overdue."""
    return {
        "covered": number(cell.covered),
        "expected": number(cell.expected),
        "unknown_share": unknown_share_text(cell),
        "unknown": number(cell.unknown),
        "overdue": number(cell.overdue),
        "sentence": cell_text(cell),
    }
