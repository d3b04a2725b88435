"""What many people have to take, at once: five queries, whatever the number of people.

The same rules as `selectors.obligations_for_person`, a test says so; requirements are looked up by
place instead of trying each on each appointment.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from organisation.enums import ScopeKind
from organisation.models import Appointment
from training.models import Completion, Requirement, Trainable
from training.selectors import (
    Obligation,
    ObligationState,
    _obligation,
    _requirements_near,
    _roles_include,
)
from training.validity import completed_on, shortest

_Place = tuple[str, int | None]


def obligations_for_people(*, people: Collection[int], day: dt.date) -> dict[int, list[Obligation]]:
    """What each of these people (primary keys) has to take at `day`; nobody else is in the answer.

    Late first, then due, then done; by date within. Who has nothing to take is missing.
    """
    appointments = list(
        Appointment.objects.at(day)
        .filter(person__in=people)
        .select_related("establishment", "role")
        .order_by()
    )
    asked = _asked(appointments, _requirements_near(appointments, day))
    last = _last_completions(people, day)
    return {
        person: _sorted(
            _obligation(
                trainable,
                min(due for due, _months in terms),
                shortest([months for _due, months in terms]),
                last.get(person, {}),
                day,
            )
            for trainable, terms in trainings.items()
        )
        for person, trainings in asked.items()
    }


_Terms = list[tuple[dt.date, int | None]]
"""(due day, validity in months) of each requirement that reaches somebody."""


def _asked(
    appointments: Iterable[Appointment], requirements: Iterable[Requirement]
) -> dict[int, dict[Trainable, _Terms]]:
    """person -> trainable -> its terms."""
    by_place: dict[_Place, list[Requirement]] = defaultdict(list)
    for requirement in requirements:
        by_place[_place_of(requirement)].append(requirement)
    asked: dict[int, dict[Trainable, _Terms]] = defaultdict(lambda: defaultdict(list))
    for appointment in appointments:
        for place in _places_around(appointment):
            for requirement in by_place.get(place, ()):
                if _roles_include(requirement, appointment):
                    terms = asked[appointment.person_id][requirement.trainable]
                    terms.append(_terms(requirement, appointment))
    return asked


def _terms(requirement: Requirement, appointment: Appointment) -> tuple[dt.date, int | None]:
    start = max(requirement.starts_on, appointment.starts_on)
    return start + dt.timedelta(requirement.due_days), requirement.validity_months


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


def _sorted(obligations: Iterable[Obligation]) -> list[Obligation]:
    order = list(ObligationState)
    return sorted(obligations, key=lambda one: (order.index(one.state), one.due_on))
