"""What people have to take, many at once: six queries, whatever their number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from django.db.models import Q

from organisation.enums import ScopeKind
from organisation.models import Appointment
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


def obligations_for_people(
    *,
    people: Collection[int],
    day: dt.date,
    completed: Mapping[int, Mapping[int, dt.date]] | None = None,
) -> dict[int, list[Obligation]]:
    """What each of these people (primary keys) has to take at `day`; nobody else is in the answer.

    Late first, then due, then done; by date within. Who has nothing to take is missing. `completed`
    is the day of the latest completion by person and training, for those who have read it already.
    """
    appointments = list(
        Appointment.objects.at(day)
        .filter(person__in=people)
        .select_related("establishment", "role")
        .order_by()
    )
    asked = _asked(appointments, requirements_near(appointments, day))
    last = _last_completions(people, day) if completed is None else completed
    trainables = {trainable.pk for trainings in asked.values() for trainable in trainings}
    retrainings = retrainings_of(trainable_ids=trainables)
    return {
        person: _sorted(
            _obligation(
                trainable,
                min(term.due_on for term in terms),
                shortest([term.validity_months for term in terms]),
                last.get(person, {}).get(trainable.pk),
                retrainings.get(trainable.pk, []),
                day,
            )
            for trainable, terms in trainings.items()
        )
        for person, trainings in asked.items()
    }


class _Terms(NamedTuple):
    """What one requirement asks of the holder of one appointment."""

    due_on: dt.date
    validity_months: int | None


_Place: TypeAlias = tuple[str, int | None]
_Asked: TypeAlias = dict[int, dict[Trainable, list[_Terms]]]


def _asked(appointments: Iterable[Appointment], requirements: Iterable[Requirement]) -> _Asked:
    """person -> trainable -> terms. Requirements are looked up by place: a batch of people may
    meet those of many hospitals."""
    by_place: dict[_Place, list[tuple[Requirement, _Holders]]] = defaultdict(list)
    for requirement in requirements:
        by_place[_place_of(requirement)].append((requirement, _holders(requirement)))
    asked: _Asked = defaultdict(lambda: defaultdict(list))
    for appointment in appointments:
        for place in _places_around(appointment):
            for requirement, holders in by_place.get(place, ()):
                if holders.include(appointment):
                    terms = _Terms(
                        requirement.due_day(appointment.starts_on), requirement.validity_months
                    )
                    asked[appointment.person_id][requirement.trainable].append(terms)
    return asked


def _place_of(requirement: Requirement) -> _Place:
    place = requirement.department_id or requirement.establishment_id or requirement.region_id
    return requirement.scope, place


def _places_around(appointment: Appointment) -> Iterator[_Place]:
    """The scopes that reach an appointment, the nation first."""
    yield ScopeKind.NATION, None
    yield ScopeKind.ESTABLISHMENT, appointment.establishment_id
    if appointment.establishment.region_id is not None:
        yield ScopeKind.REGION, appointment.establishment.region_id
    if appointment.department_id is not None:
        yield ScopeKind.DEPARTMENT, appointment.department_id


def requirement_covers(requirement: Requirement, appointment: Appointment) -> bool:
    """Whether the requirement's scope, roles and families reach this appointment (not its dates).

    `requirement.roles` and `.role_families` should be prefetched, and the appointment's role and
    establishment selected.
    """
    return _scope_reaches(requirement, appointment) and _holders(requirement).include(appointment)


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


class _Holders(NamedTuple):
    """Of which roles and families a requirement is; of all if it names neither. Looked up once for
    each requirement, and not for each appointment."""

    roles: frozenset[int]
    families: frozenset[int]

    def include(self, appointment: Appointment) -> bool:
        if not self.roles and not self.families:
            return True
        return appointment.role_id in self.roles or appointment.role.family_id in self.families


def _holders(requirement: Requirement) -> _Holders:
    return _Holders(
        frozenset(role.pk for role in requirement.roles.all()),
        frozenset(family.pk for family in requirement.role_families.all()),
    )


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


def _last_completions(people: Collection[int], day: dt.date) -> dict[int, dict[int, dt.date]]:
    """person -> trainable -> the day of the latest completion at or before `day`. One query."""
    last: dict[int, dict[int, dt.date]] = defaultdict(dict)
    rows = Completion.objects.filter(person__in=people).order_by("completed_at")
    for person, trainable, completed_at in rows.values_list(
        "person_id", "trainable_id", "completed_at"
    ):
        completion_day = completed_on(completed_at)
        if completion_day <= day:
            last[person][trainable] = completion_day  # the latest stays
    return last


def retrainings_of(*, trainable_ids: Collection[int]) -> dict[int, list[Retraining]]:
    """The retrainings asked of these trainings, by training. One query."""
    found: dict[int, list[Retraining]] = defaultdict(list)
    for one in Retraining.objects.standing().filter(trainable__in=trainable_ids):
        found[one.trainable_id].append(one)
    return found


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


def _sorted(obligations: Iterable[Obligation]) -> list[Obligation]:
    order = list(ObligationState)
    return sorted(obligations, key=lambda one: (order.index(one.state), one.due_on))
