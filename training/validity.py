"""For how long a completion counts.

Validity belongs to the requirement and not to the completion: a completion only says when. So a
requirement that changes rewrites no evidence.
"""

from __future__ import annotations

import calendar
import datetime as dt

from django.utils import timezone


def months_added(day: dt.date, months: int) -> dt.date:
    """The same day `months` months later, or that month's last day where it has no such day."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month_index + 1)[1]
    return dt.date(year, month_index + 1, min(day.day, last_day))


def completed_on(completed_at: dt.datetime) -> dt.date:
    """The day of a completion, in the platform's time zone."""
    return timezone.localdate(completed_at)


def valid_until(day: dt.date, validity_months: int | None) -> dt.date | None:
    """The first day on which a completion of `day` counts no longer; None if it always does."""
    return None if validity_months is None else months_added(day, validity_months)


def is_valid_at(completion_day: dt.date, validity_months: int | None, day: dt.date) -> bool:
    """Whether a completion of `completion_day` counts at `day` (half-open interval)."""
    end = valid_until(completion_day, validity_months)
    return completion_day <= day and (end is None or day < end)


def shortest(validities: list[int | None]) -> int | None:
    """The strictest of several validities in months; None means for ever."""
    limits = [months for months in validities if months is not None]
    return min(limits) if limits else None
