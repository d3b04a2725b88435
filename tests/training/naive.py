"""What one person has to take, straight from the words: each requirement, each appointment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from organisation.enums import ScopeKind
from organisation.models import Appointment, Person
from training.models import Requirement, Trainable
from training.validity import completed_on, months_added


def covers(requirement: Requirement, appointment: Appointment) -> bool:
    places = {
        ScopeKind.NATION: True,
        ScopeKind.REGION: requirement.region_id == appointment.establishment.region_id,
        ScopeKind.ESTABLISHMENT: requirement.establishment_id == appointment.establishment_id,
        ScopeKind.DEPARTMENT: requirement.department_id == appointment.department_id,
    }
    roles, families = set(requirement.roles.all()), set(requirement.role_families.all())
    is_meant = appointment.role in roles or appointment.role.family in families
    return places[ScopeKind(requirement.scope)] and (is_meant or not (roles or families))


def holds(row: Requirement | Appointment, day: dt.date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def obligations(person: Person, day: dt.date) -> dict[Trainable, tuple[object, ...]]:
    """trainable -> (due day, day of the last completion, first day it no longer counts, done?)."""
    asked: dict[Trainable, list[tuple[dt.date, int | None]]] = defaultdict(list)
    for appointment in person.appointments.all():
        for requirement in Requirement.objects.all():
            both_hold = holds(appointment, day) and holds(requirement, day)
            if both_hold and covers(requirement, appointment):
                terms = (requirement.due_day(appointment.starts_on), requirement.validity_months)
                asked[requirement.trainable].append(terms)
    return {one: _state(person, one, terms, day) for one, terms in asked.items()}


def _state(
    person: Person, trainable: Trainable, terms: list[tuple[dt.date, int | None]], day: dt.date
) -> tuple[object, ...]:
    days = [completed_on(c.completed_at) for c in person.completions.filter(trainable=trainable)]
    last = max((one for one in days if one <= day), default=None)
    due_on = min(due for due, _months in terms)
    if last is None:
        return due_on, None, None, False
    ends = [months_added(last, months) for _due, months in terms if months is not None]
    standing = trainable.retrainings.standing()
    ends += [one.required_from for one in standing if last < one.changed_on]
    end = min(ends, default=None)
    is_done = end is None or day < end
    return due_on if is_done else max(due_on, end or due_on), last, end, is_done
