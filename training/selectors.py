"""Reading what a person has to take, and what she has completed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from organisation.enums import ScopeKind
from organisation.models import Appointment, Person
from training.models import Completion, Requirement, Retraining, Trainable
from training.validity import Renewal, completed_on, is_valid_at, shortest, valid_until


class ObligationState(StrEnum):
    LATE = "late"
    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one person has to take, all her appointments and requirements taken together.

    `due_on` is the earliest day by which some requirement wants it; `valid_until` is the first day
    on which the latest completion counts no longer, None if it always counts or there is none.
    `retraining_reason` says what changed, if that is why an earlier completion counts no longer.
    """

    trainable: Trainable
    due_on: dt.date
    validity_months: int | None
    completed_on: dt.date | None
    valid_until: dt.date | None
    state: ObligationState
    retraining_reason: str = ""


def requirement_covers(requirement: Requirement, appointment: Appointment) -> bool:
    """Whether the requirement's scope, roles and families reach this appointment (not its dates).

    `requirement.roles` and `.role_families` should be prefetched, and the appointment's role and
    establishment selected.
    """
    return _scope_reaches(requirement, appointment) and _roles_include(requirement, appointment)


def _scope_reaches(requirement: Requirement, appointment: Appointment) -> bool:
    match requirement.scope:
        case ScopeKind.NATION:
            return True
        case ScopeKind.REGION:
            return requirement.region_id == appointment.establishment.region_id
        case ScopeKind.ESTABLISHMENT:
            return requirement.establishment_id == appointment.establishment_id
        case _:
            return requirement.department_id == appointment.department_id


def _roles_include(requirement: Requirement, appointment: Appointment) -> bool:
    roles = {role.pk for role in requirement.roles.all()}
    families = {family.pk for family in requirement.role_families.all()}
    if not roles and not families:
        return True
    return appointment.role_id in roles or appointment.role.family_id in families


def obligations_for_person(
    *, person: Person, day: dt.date, completed: Mapping[int, dt.date] | None = None
) -> list[Obligation]:
    """What `person` has to take at `day`: late first, then due, then done; by date within.

    `completed` is the day of the latest completion of each training, for those who have read it
    already.
    """
    appointments = list(
        Appointment.objects.at(day).filter(person=person).select_related("establishment", "role")
    )
    due: dict[Trainable, list[dt.date]] = defaultdict(list)
    validities: dict[Trainable, list[int | None]] = defaultdict(list)
    for requirement in requirements_near(appointments, day):
        for appointment in appointments:
            if requirement_covers(requirement, appointment):
                due[requirement.trainable].append(requirement.due_day(appointment.starts_on))
                validities[requirement.trainable].append(requirement.validity_months)
    last = _last_completions(person, day) if completed is None else completed
    retrainings = retrainings_of(trainable_ids={one.pk for one in due})
    obligations = [
        _obligation(
            trainable,
            min(dates),
            shortest(validities[trainable]),
            last.get(trainable.pk),
            retrainings.get(trainable.pk, []),
            day,
        )
        for trainable, dates in due.items()
    ]
    order = list(ObligationState)
    return sorted(obligations, key=lambda one: (order.index(one.state), one.due_on))


def requirements_near(appointments: list[Appointment], day: dt.date) -> list[Requirement]:
    """Requirements at `day` whose scope may reach one of these appointments."""
    return list(
        Requirement.objects.at(day)
        .filter(
            Q(scope=ScopeKind.NATION)
            | Q(region__in={one.establishment.region_id for one in appointments} - {None})
            | Q(establishment__in={one.establishment_id for one in appointments})
            | Q(department__in={one.department_id for one in appointments} - {None})
        )
        .select_related("trainable")
        .prefetch_related("roles", "role_families")
    )


def _last_completions(person: Person, day: dt.date) -> dict[int, dt.date]:
    """The day of the latest completion at or before `day`, by trainable id."""
    last: dict[int, dt.date] = {}
    for trainable_id, completed_at in Completion.objects.filter(person=person).values_list(
        "trainable_id", "completed_at"
    ):
        completion_day = completed_on(completed_at)
        if completion_day <= day:
            last[trainable_id] = max(completion_day, last.get(trainable_id, completion_day))
    return last


def retrainings_of(*, trainable_ids: Collection[int]) -> dict[int, list[Retraining]]:
    """The retrainings asked of these trainings, by training. One query."""
    found: dict[int, list[Retraining]] = defaultdict(list)
    for one in Retraining.objects.standing().filter(trainable__in=trainable_ids):
        found[one.trainable_id].append(one)
    return found


def renewals_by_trainable() -> dict[int, list[Renewal]]:
    """Every retraining that stands, as the rules of validity take it. One query."""
    found: dict[int, list[Renewal]] = defaultdict(list)
    rows = Retraining.objects.standing().order_by()
    for trainable_id, *days in rows.values_list("trainable_id", "changed_on", "required_from"):
        found[trainable_id].append(Renewal(*days))
    return dict(found)


def _obligation(
    trainable: Trainable,
    due_on: dt.date,
    months: int | None,
    completion_day: dt.date | None,
    retrainings: list[Retraining],
    day: dt.date,
) -> Obligation:
    renewals = [Renewal(one.changed_on, one.required_from) for one in retrainings]
    end = valid_until(completion_day, months, renewals) if completion_day else None
    if completion_day and is_valid_at(completion_day, months, day, renewals):
        state = ObligationState.DONE
    else:
        # Evidence that ran out is due again from the day it ran out.
        due_on = max(due_on, end) if end else due_on
        state = ObligationState.LATE if due_on <= day else ObligationState.DUE
    reasons = [
        one.reason
        for one in retrainings
        if completion_day and completion_day < one.changed_on and one.required_from == end
    ]
    return Obligation(
        trainable, due_on, months, completion_day, end, state, reasons[0] if reasons else ""
    )
