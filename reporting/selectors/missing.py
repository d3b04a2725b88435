"""Who is missing, by name. Callers check the reader's right and write the audit log."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from organisation.models import Department, Establishment, Person, StaffRole
from reporting.counting import (
    AppointmentRow,
    Latest,
    LatestCompletions,
    Obligation,
    Rulebook,
    Tally,
)
from reporting.kinds import titled
from training.models import Trainable

from . import rows

_NOBODY = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """A person and a training that she has to take (again). `since` is the day the delay ran out
    or the former completion expired, whichever is later; for those not overdue, `due_on` lies in
    the future. `expired_on` is None for those who never completed it; `last_was_declared` says
    that the last completion was declared and not observed."""

    uid: uuid.UUID
    name: str
    roles: str
    departments: str
    training: str
    due_on: dt.date
    is_overdue: bool
    since: dt.date | None
    last_completed_on: dt.date | None
    expired_on: dt.date | None
    last_was_declared: bool


def missing_in_establishment(
    *,
    establishment: Establishment,
    day: dt.date,
    role: StaffRole | None = None,
    family: int | None = None,
    trainable: Trainable | None = None,
    department: Department | None = None,
) -> list[MissingRow]:
    """The overdue first, the longest overdue on top; then those still in time. Eleven queries."""
    place = department or establishment
    return _missing(appointed(place=place, role=role, family=family), day, trainable)


def missing_in_department(
    *,
    department: Department,
    day: dt.date,
    role: StaffRole | None = None,
    family: int | None = None,
    trainable: Trainable | None = None,
) -> list[MissingRow]:
    return missing_in_establishment(
        establishment=department.establishment,
        department=department,
        day=day,
        role=role,
        family=family,
        trainable=trainable,
    )


def people_missing(
    *, where: Q, day: dt.date, trainable: Trainable | None, is_overdue: bool = False
) -> set[int]:
    """Who of those with an appointment among `where` would stand on the list, by primary key; with
    `is_overdue`, only those who are late with something on it. Seven queries."""
    tally = _tally(rows.appointment_rows(day=day, where=where), where, day)
    return {
        person
        for person, wanted, obligation, is_covered in tally.standings("here")
        if not is_covered
        and (trainable is None or trainable.pk == wanted)
        and not (is_overdue and day < obligation.due_on)
    }


def appointed(
    *, place: Department | Establishment, role: StaffRole | None, family: int | None
) -> Q:
    """Which appointments are meant by the filters of the list."""
    if isinstance(place, Department):
        where = Q(establishment=place.establishment_id, department=place)
    else:
        where = Q(establishment=place)
    if role is not None:
        where &= Q(role=role)
    return where if family is None else where & Q(role__family_id=family)


def _missing(where: Q, day: dt.date, trainable: Trainable | None) -> list[MissingRow]:
    appointments = rows.appointment_rows(day=day, where=where)
    completions = rows.latest_completions(day=day, where=where)
    rulebook = rows.rulebook_at(day=day)
    tally = _tally(appointments, where, day, rulebook, completions)
    names = _Names(where, day, appointments)
    found = [
        _row(names, rulebook, person, wanted, obligation, completions.get((person, wanted)), day)
        for person, wanted, obligation, is_covered in tally.standings("here")
        if not is_covered and (trainable is None or trainable.pk == wanted)
    ]
    return sorted(found, key=_urgency)


def _tally(
    appointments: list[AppointmentRow],
    where: Q,
    day: dt.date,
    rulebook: Rulebook | None = None,
    completions: LatestCompletions | None = None,
) -> Tally:
    """Everybody of these appointments in one row, «here»."""
    tally = Tally(
        rulebook=rows.rulebook_at(day=day) if rulebook is None else rulebook,
        completions=(
            rows.latest_completions(day=day, where=where) if completions is None else completions
        ),
        day=day,
    )
    for appointment in appointments:
        tally.add(appointment, ("here",))
    return tally


def _urgency(row: MissingRow) -> tuple[bool, dt.date, str, str]:
    return not row.is_overdue, row.since or row.due_on, row.name.casefold(), row.training


def _row(
    names: _Names,
    rulebook: Rulebook,
    person: int,
    trainable: int,
    obligation: Obligation,
    latest: Latest | None,
    day: dt.date,
) -> MissingRow:
    expired_on = None
    if latest is not None:
        months = obligation.validity_months
        expired_on = rulebook.valid_until(trainable, latest.completed_on, months)
    is_overdue = day >= obligation.due_on
    since = max(obligation.due_on, expired_on or obligation.due_on) if is_overdue else None
    return MissingRow(
        uid=names.uids.get(person, _NOBODY),  # gone between two queries
        name=names.people.get(person, ""),
        roles=names.roles[person],
        departments=names.departments[person],
        training=names.trainables.get(trainable, ""),
        due_on=obligation.due_on,
        is_overdue=is_overdue,
        since=since,
        last_completed_on=latest.completed_on if latest else None,
        expired_on=expired_on,
        last_was_declared=latest is not None and latest.is_declared,
    )


class _Names:
    """What people, roles, departments and trainings are called, in four queries."""

    def __init__(self, where: Q, day: dt.date, appointments: list[AppointmentRow]) -> None:
        present = rows.appointments_at(day).filter(where).values("person_id")
        columns = ("erased_at", "uid", "first_name", "last_name")
        people = list(Person.objects.filter(pk__in=present).only(*columns))
        self.people = {person.pk: str(person) for person in people}
        self.uids = {person.pk: person.uid for person in people}
        trainables = Trainable.objects.only("kind", "title")
        self.trainables = {trainable.pk: titled(trainable) for trainable in trainables}
        roles = dict(StaffRole.objects.values_list("pk", "name"))
        of_house = Department.objects.filter(
            establishment__in={a.establishment for a in appointments}
        )
        departments = dict(of_house.values_list("pk", "name"))
        self.roles = _joined((a.person, roles[a.role]) for a in appointments)
        self.departments = _joined(
            (a.person, departments.get(a.department, "") if a.department else "")
            for a in appointments
        )


def _joined(pairs: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, set[str]] = defaultdict(set)
    for person, word in pairs:
        found[person].add(word)
    return {person: ", ".join(sorted(words - {""})) for person, words in found.items()}
