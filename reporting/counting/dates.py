"""Months on the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=50_000)
def add_months(day: dt.date, months: int) -> dt.date:
    """`day` so many months later; a day that month lacks becomes its last: 31 Jan + 1 = 28 Feb."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def is_valid_at(completed_on: dt.date, validity_months: int | None, day: dt.date) -> bool:
    """A completion counts from its day until, and not on, the day its validity ends."""
    if completed_on > day:
        return False
    return validity_months is None or day < add_months(completed_on, validity_months)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
