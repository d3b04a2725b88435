"""How far an objective has come, and when it will be reached. Plain Python over cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from reporting.counting import Cell
from training.validity import months_added

PACE_MONTHS = 3
"""The pace is that of so many frozen months."""
FRESH = dt.timedelta(days=62)
"""A pace older than that says nothing of today."""
FARTHEST_MONTHS = 36


class Pace(Enum):
    """What the last frozen months allow to say."""

    UNKNOWN = "unknown"
    REACHES = "reaches"
    STALLS = "stalls"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Progress:
    """`cell` is None where it is hidden; then nothing else is said. `missing` people more have to
    be up to date; `reached_in` is a day of the month in which they will be at the present pace."""

    cell: Cell | None
    is_reached: bool = False
    missing: int = 0
    pace: Pace = Pace.UNKNOWN
    reached_in: dt.date | None = None

    @property
    def is_measured(self) -> bool:
        return self.cell is not None and self.cell.is_required


def progress_of(
    *, cell: Cell | None, percent: int, day: dt.date, months: Mapping[dt.date, Cell | None]
) -> Progress:
    """Where `cell`, of `day`, stands towards `percent` of its people.

    `months` are the same cell at the ends of frozen months; a hidden one is None.
    """
    if cell is None or not cell.is_required:
        return Progress(cell)
    missing = -(-percent * cell.people // 100) - cell.covered
    if missing <= 0:
        return Progress(cell, is_reached=True)
    gain = _gain(months, day)
    if gain is None:
        return Progress(cell, missing=missing)
    if gain <= 0:
        return Progress(cell, missing=missing, pace=Pace.STALLS)
    gap = Fraction(percent, 100) - Fraction(cell.covered, cell.people)
    needed = -(-gap // gain)
    if needed > FARTHEST_MONTHS:
        return Progress(cell, missing=missing, pace=Pace.FAR)
    reached_in = months_added(day, int(needed))
    return Progress(cell, missing=missing, pace=Pace.REACHES, reached_in=reached_in)


def _gain(months: Mapping[dt.date, Cell | None], day: dt.date) -> Fraction | None:
    """The share won in a month, over the last frozen ones; None if they do not say."""
    latest = max((end for end in months if end <= day), default=None)
    if latest is None or day - latest > FRESH:
        return None
    now, before = months[latest], months.get(month_end_before(latest, PACE_MONTHS))
    if now is None or before is None or not (now.people and before.people):
        return None
    won = Fraction(now.covered, now.people) - Fraction(before.covered, before.people)
    return won / PACE_MONTHS


def month_end_before(end: dt.date, months: int) -> dt.date:
    """The last day of the month `months` before that of `end`."""
    return months_added(end.replace(day=1), 1 - months) - dt.timedelta(days=1)
