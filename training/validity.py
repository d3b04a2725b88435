"""For how long a completion counts.

Validity belongs to the requirement and not to the completion: a completion only says when. So a
requirement that changes rewrites no evidence. Neither does a training that changes: a retraining
only says from which day older completions count no longer.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone


def months_added(day: dt.date, months: int) -> dt.date:
    """The same day `months` months later, or that month's last day where it has no such day."""
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month_index + 1)[1]
    return dt.date(year, month_index + 1, min(day.day, last_day))


def completed_on(completed_at: dt.datetime) -> dt.date:
    """The day of a completion, in the platform's time zone."""
    return timezone.localdate(completed_at)


class Latest(NamedTuple):
    """Days of a person's latest completions of a training, on or before the day counted at: of all,
    and of those that were observed and not declared."""

    completed_on: dt.date
    observed_on: dt.date | None

    @property
    def is_declared(self) -> bool:
        """Whether the latest of all was only declared."""
        return self.observed_on is None or self.observed_on < self.completed_on

    def later(self, other: Latest) -> Latest:
        """Both taken together."""
        if other.observed_on == other.completed_on >= self.completed_on:
            return other
        if self.observed_on == self.completed_on >= other.completed_on:
            return self
        observed = [one for one in (self.observed_on, other.observed_on) if one is not None]
        return Latest(max(self.completed_on, other.completed_on), max(observed, default=None))


class Renewal(NamedTuple):
    """What was completed before `changed_on` counts no longer from `required_from` on."""

    changed_on: dt.date
    required_from: dt.date


def due_day(*, begins: dt.date, due_days: int, due_on: dt.date | None) -> dt.date:
    """The day by which a training has to be taken: a delay from `begins` on, and never before the
    fixed day, if there is one. So newcomers keep their delay."""
    after_delay = begins + dt.timedelta(days=due_days)
    return after_delay if due_on is None else max(after_delay, due_on)


def valid_until(
    day: dt.date, validity_months: int | None, renewals: Iterable[Renewal] = ()
) -> dt.date | None:
    """The first day on which a completion of `day` counts no longer; None if it always does.

    Of two completions the later one never ends before the earlier one.
    """
    ends = [one.required_from for one in renewals if day < one.changed_on]
    if validity_months is not None:
        ends.append(months_added(day, validity_months))
    return min(ends, default=None)


def is_valid_at(
    completion_day: dt.date,
    validity_months: int | None,
    day: dt.date,
    renewals: Iterable[Renewal] = (),
) -> bool:
    """Whether a completion of `completion_day` counts at `day` (half-open interval)."""
    end = valid_until(completion_day, validity_months, renewals)
    return completion_day <= day and (end is None or day < end)


def shortest(validities: list[int | None]) -> int | None:
    """The strictest of several validities in months; None means for ever."""
    limits = [months for months in validities if months is not None]
    return min(limits) if limits else None
