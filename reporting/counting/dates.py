"""Months on the calendar."""

from __future__ import annotations

import calendar
import datetime as dt


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_before(day: dt.date) -> dt.date:
    """The last day of the month before that of `day`."""
    return day.replace(day=1) - dt.timedelta(days=1)
