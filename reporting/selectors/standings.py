"""The people of a place, what is asked of each and what she completed last, one after the other.

Ten thousand people by ten modules are a hundred thousand validations: they come from one query,
read in chunks on the server's side, and no more than one person is held at a time. One query, so
that a person who moves meanwhile stands in it as she was, or as she is, and never as both.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from organisation.models import Appointment, Department, StaffRole
from organisation.models.people import person_name
from reporting.counting import AppointmentRow, Latest, Obligation, Rulebook
from training.latest import CompletionReader, completions_written
from training.terms import strictest_of

from . import rows

CHUNK = 2000
"""Rows read at a time."""


class Found(NamedTuple):
    """A person of the place. Roles and departments are those she has there, joined by commas;
    obligations and completions are by the primary key of their training."""

    pk: int
    uid: uuid.UUID
    name: str
    roles: str
    departments: str
    obligations: dict[int, Obligation]
    latest: dict[int, Latest]


# The columns of the one query: those of `AppointmentRow` and of `person_name`, and what is written
# of her completions.
_NAME = ("person__last_name", "person__first_name", "person__erased_at", "person__uid")
_OWN = slice(0, len(rows.APPOINTMENT))
_NAMED = slice(_OWN.stop, _OWN.stop + len(_NAME))
_PERSON, _UID, _WRITTEN = 0, _NAMED.stop - 1, _NAMED.stop


@dataclass(frozen=True)
class PeopleReader:
    """Who has an appointment among `appointments` at `day`, and her standing there."""

    appointments: QuerySet[Appointment]
    day: dt.date
    rulebook: Rulebook
    roles: Mapping[int, str]
    departments: Mapping[int | None, str]

    def people(self, *, by_name: bool = True) -> Iterator[Found]:
        """Each once, in the order of names. One query, made when the first is asked for."""
        order = ("person__last_name", "person__first_name") if by_name else ()
        found = (
            self.appointments.order_by(*order, "person_id", "pk")
            .annotate(written=completions_written(until=self.day))
            .values_list(*rows.APPOINTMENT, *_NAME, "written")
            .iterator(chunk_size=CHUNK)
        )
        completions = CompletionReader()
        for _person, lines in groupby(found, key=itemgetter(_PERSON)):
            yield self._found(list(lines), completions)

    def _found(self, lines: list[tuple[Any, ...]], completions: CompletionReader) -> Found:
        """Of a person's rows, one an appointment."""
        first = lines[0]
        own = [AppointmentRow._make(line[_OWN]) for line in lines]
        if len(own) == 1:
            roles, departments = (
                self.roles[own[0].role],
                self.departments.get(own[0].department, ""),
            )
            obligations = self.rulebook.obligations(own[0])
        else:
            roles = _joined(self.roles[one.role] for one in own)
            departments = _joined(self.departments.get(one.department, "") for one in own)
            obligations = strictest_of(map(self.rulebook.obligations, own))
        return Found(
            first[_PERSON],
            first[_UID],
            person_name(*first[_NAMED]),
            roles,
            departments,
            obligations,
            completions.latest(first[_WRITTEN]),
        )


def people_reader(*, where: Q, day: dt.date) -> PeopleReader:
    """For those with an appointment among `where` at `day`. Seven queries, and one to read."""
    appointments = rows.appointments_at(day).filter(where)
    departments = Department.objects.filter(establishment__in=appointments.values("establishment"))
    return PeopleReader(
        appointments=appointments,
        day=day,
        rulebook=rows.rulebook_at(day=day),
        roles=dict(StaffRole.objects.values_list("pk", "name")),
        departments=dict(departments.values_list("pk", "name")),
    )


def _joined(words: Iterable[str]) -> str:
    return ", ".join(sorted(set(words) - {""}))
