"""Who is missing, by name. Callers check the reader's right and write the audit log."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from organisation.models import Department, Establishment, StaffRole
from reporting.counting import Latest, Obligation, Rulebook
from reporting.kinds import titled
from training.models import Trainable

from .standings import Found, people_reader


class MissingRow(NamedTuple):
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
    """The overdue first, the longest overdue on top; then those still in time. Six queries."""
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
) -> dict[int, dict[int, dt.date]]:
    """Who of those with an appointment among `where` would stand on the list, by primary key; with
    `is_overdue`, only those who are late with something on it. With each the days of her latest
    completions, by training. Five queries."""
    reader = people_reader(where=where, day=day)
    only = trainable.pk if trainable else None

    def is_missing(person: Found) -> bool:
        return any(
            day >= one.obligation.due_on or not is_overdue
            for one in _open(person, reader.rulebook, day, only)
        )

    return {
        person.pk: {pk: one.completed_on for pk, one in person.latest.items()}
        for person in reader.people(by_name=False)
        if is_missing(person)
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
    reader = people_reader(where=where, day=day)
    titles = {one.pk: titled(one) for one in Trainable.objects.only("kind", "title")}
    only = trainable.pk if trainable else None
    found = [
        _row(person, titles.get(open_.trainable, ""), open_, day)
        for person in reader.people()
        for open_ in _open(person, reader.rulebook, day, only)
    ]
    return sorted(found, key=_urgency)


class _Open(NamedTuple):
    """What somebody has to take; `expired_on` as in `MissingRow`."""

    trainable: int
    obligation: Obligation
    latest: Latest | None
    expired_on: dt.date | None


def _open(person: Found, rulebook: Rulebook, day: dt.date, only: int | None) -> Iterator[_Open]:
    """What is asked of her and not covered at `day`; `only` of one training, if it is given."""
    for trainable, obligation in person.obligations.items():
        if only is not None and trainable != only:
            continue
        latest = person.latest.get(trainable)
        if latest is None:
            yield _Open(trainable, obligation, None, None)
            continue
        end = rulebook.valid_until(trainable, latest.completed_on, obligation.validity_months)
        if end is not None and end <= day:
            yield _Open(trainable, obligation, latest, end)


def _urgency(row: MissingRow) -> tuple[bool, dt.date, str, str]:
    return not row.is_overdue, row.since or row.due_on, row.name.casefold(), row.training


def _row(person: Found, training: str, open_: _Open, day: dt.date) -> MissingRow:
    _trainable, obligation, latest, expired_on = open_
    is_overdue = day >= obligation.due_on
    since = max(obligation.due_on, expired_on or obligation.due_on) if is_overdue else None
    return MissingRow(
        uid=person.uid,
        name=person.name,
        roles=person.roles,
        departments=person.departments,
        training=training,
        due_on=obligation.due_on,
        is_overdue=is_overdue,
        since=since,
        last_completed_on=latest.completed_on if latest else None,
        expired_on=expired_on,
        last_was_declared=latest is not None and latest.is_declared,
    )
