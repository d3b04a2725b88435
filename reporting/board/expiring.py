"""Whose completions cease to count soon: only those who can be meant are counted."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from reporting.board.rules import FallingDue
from reporting.counting import RequirementRow, Rulebook, Tally
from reporting.counting.dates import month_end
from reporting.counting.matrix import TOTAL
from reporting.selectors import rows
from training.models import Completion, Trainable
from training.selectors import renewals_by_trainable
from training.validity import Renewal, months_added

_SLACK = dt.timedelta(days=3)
"""A month later than the 31st may be the 28th; windows are wider, the exact count follows."""


def end_of_next_month(day: dt.date) -> dt.date:
    return month_end(month_end(day) + dt.timedelta(days=1))


def falling_due(*, where: Q, day: dt.date) -> list[FallingDue]:
    """Trainings with the people whose completion counts at `day` and ceases to, by the last day of
    next month, under what is asked of them now.

    Two queries where nothing can end, five where something may. What is read grows with the
    completions that are about to end, not with the people.
    """
    last = end_of_next_month(day)
    requirements = rows.requirement_rows(day=day, where=Q())
    renewals = renewals_by_trainable()
    windows = _windows(requirements, renewals, day, last)
    if not windows:
        return []
    meant = Q(person__in=Completion.objects.filter(windows).values("person"))
    return _count(where & meant, Rulebook(requirements, renewals), day, last)


def _windows(
    requirements: Iterable[RequirementRow],
    renewals: Mapping[int, Sequence[Renewal]],
    day: dt.date,
    last: dt.date,
) -> Q:
    """Completions of days that may end between `day` and `last`; empty where none can."""
    found = Q()
    for trainable, months in {(one.trainable, one.validity_months) for one in requirements}:
        if months is not None:
            first = months_added(day, -months) - _SLACK
            until = months_added(last, -months) + _SLACK
            found |= Q(
                trainable=trainable,
                completed_at__gte=rows.midnight(first),
                completed_at__lt=rows.midnight_after(until),
            )
    for trainable, changes in renewals.items():
        for one in changes:
            if day < one.required_from <= last + dt.timedelta(days=1):
                found |= Q(trainable=trainable, completed_at__lt=rows.midnight(one.changed_on))
    return found


def _count(where: Q, rulebook: Rulebook, day: dt.date, last: dt.date) -> list[FallingDue]:
    """Exactly, among the people of `where`."""
    completions = rows.latest_completions(day=day, where=where)
    tally = Tally(rulebook=rulebook, completions=completions, day=day)
    for appointment in rows.appointment_rows(day=day, where=where):
        tally.add(appointment, [TOTAL])
    found: Counter[int] = Counter()
    for one in tally.standings(TOTAL):
        if not one.is_covered:
            continue
        completed_on = completions[one.person, one.trainable].completed_on
        end = rulebook.valid_until(one.trainable, completed_on, one.obligation.validity_months)
        if end is not None and end - dt.timedelta(days=1) <= last:
            found[one.trainable] += 1
    titles = dict(Trainable.objects.filter(pk__in=list(found)).values_list("pk", "title"))
    return [FallingDue(titles[pk], people) for pk, people in found.items()]
