"""Who is known of those whom a file names. A number of queries that grows with the thousands."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from organisation.enums import IdentifierKind
from organisation.models import Appointment, Establishment, Person, PersonIdentifier

from .identity import Someone

BATCH = 1000
T = TypeVar("T")


class KnownPerson(NamedTuple):
    pk: int
    last_name: str
    first_name: str
    email: str


class KnownIdentifier(NamedTuple):
    pk: int
    person: int
    kind: str
    value: str


class KnownAppointment(NamedTuple):
    pk: int
    person: int
    role: int
    department: int | None
    site: int | None
    starts_on: dt.date
    ends_on: dt.date | None


@dataclasses.dataclass(slots=True)
class Directory:
    """What the database has of an establishment's people and of those the file may mean."""

    people: dict[int, KnownPerson]
    by_number: dict[tuple[str, str], KnownIdentifier]
    numbers_of: dict[int, list[KnownIdentifier]]
    by_email: dict[str, list[int]]
    appointments: dict[int, list[KnownAppointment]]
    elsewhere: frozenset[int]


def directory_of(
    *,
    establishment: Establishment,
    people: Sequence[Someone],
    protected: Collection[tuple[str, str]],
    as_of: dt.date,
) -> Directory:
    """`protected` are further numbers to look up: (kind, number), of lines that were refused."""
    numbers = {(kind.value, value) for one in people for kind, value in one.identifiers}
    numbers |= set(protected)
    by_number = _numbers(establishment, numbers)
    emails = {email for one in people for email in one.emails}
    emails |= {value for kind, value in protected if kind == "email"}
    by_email = _by_email(emails)
    appointments = _appointments(establishment)
    concerned = {one.person for one in by_number.values()} | set(appointments)
    concerned.update(pk for pks in by_email.values() for pk in pks)
    return Directory(
        people=_people(concerned),
        by_number=by_number,
        numbers_of=_numbers_of(establishment, concerned),
        by_email=by_email,
        appointments=appointments,
        elsewhere=_elsewhere(establishment, concerned, as_of),
    )


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Parts of a size that every database takes."""
    everything = list(items)
    return (everything[at : at + BATCH] for at in range(0, len(everything), BATCH))


def _numbers(
    establishment: Establishment, wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], KnownIdentifier]:
    rows: list[Any] = list(
        PersonIdentifier.objects.filter(establishment=establishment).values_list(
            "pk", "person_id", "kind", "value"
        )
    )
    national = sorted({value for kind, value in wanted if kind in _NATIONAL})
    for batch in batches(national):
        rows += PersonIdentifier.objects.filter(
            establishment=None, kind__in=_NATIONAL, value__in=batch
        ).values_list("pk", "person_id", "kind", "value")
    known = (KnownIdentifier(*row) for row in rows)
    return {(one.kind, one.value): one for one in known}


_NATIONAL = (IdentifierKind.RPPS.value, IdentifierKind.ADELI.value)


def _by_email(emails: Collection[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for batch in batches(sorted(emails)):
        rows = Person.objects.filter(email__in=batch).order_by("pk")
        for pk, email in rows.values_list("pk", "email"):
            found[email].append(pk)
    return found


def _appointments(establishment: Establishment) -> dict[int, list[KnownAppointment]]:
    found: dict[int, list[KnownAppointment]] = defaultdict(list)
    rows = Appointment.objects.filter(establishment=establishment).order_by("starts_on", "pk")
    fields = ("pk", "person_id", "role_id", "department_id", "site_id", "starts_on", "ends_on")
    for row in rows.values_list(*fields).iterator(BATCH):
        found[row[1]].append(KnownAppointment(*row))
    return found


def _people(pks: Collection[int]) -> dict[int, KnownPerson]:
    found: dict[int, KnownPerson] = {}
    for batch in batches(sorted(pks)):
        rows = Person.objects.filter(pk__in=batch).order_by()
        for row in rows.values_list("pk", "last_name", "first_name", "email"):
            found[row[0]] = KnownPerson(*row)
    return found


def _numbers_of(
    establishment: Establishment, pks: Collection[int]
) -> dict[int, list[KnownIdentifier]]:
    """The national numbers of these people, and their HR numbers here."""
    found: dict[int, list[KnownIdentifier]] = defaultdict(list)
    rows: list[Any] = []
    for batch in batches(sorted(pks)):
        numbers = PersonIdentifier.objects.filter(person__in=batch).order_by("pk")
        rows += numbers.values_list("pk", "person_id", "kind", "value", "establishment_id")
    for *row, place in rows:
        if place in (None, establishment.pk):
            one = KnownIdentifier(*row)
            found[one.person].append(one)
    return found


def _elsewhere(
    establishment: Establishment, pks: Collection[int], as_of: dt.date
) -> frozenset[int]:
    """Those who work in another establishment too."""
    found: set[int] = set()
    for batch in batches(sorted(pks)):
        rows = Appointment.objects.at(as_of).filter(person__in=batch)
        found.update(
            rows.exclude(establishment=establishment).order_by().values_list("person_id", flat=True)
        )
    return frozenset(found)
