"""The people of a place, what is asked of each and what she completed last, one after the other.

Ten thousand people by ten modules are a hundred thousand validations: they come from one query,
read while it is made, and no more than one person is held at a time. One query, so
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
from training.terms import Post, strictest_of

from . import rows
from .streaming import rows_streamed


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
_PERSON, _SINCE = 0, len(rows.APPOINTMENT) - 1
_PLACE = slice(_PERSON + 1, _SINCE)
_NAMED = slice(_SINCE + 1, _SINCE + 1 + len(_NAME))
_UID, _WRITTEN = _NAMED.stop - 1, _NAMED.stop


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
        )
        posts, completions = _Posts(self), CompletionReader()
        for _person, lines in groupby(rows_streamed(found), key=itemgetter(_PERSON)):
            yield _found(list(lines), posts, completions)


class _Held(NamedTuple):
    """Where somebody works as what, in words, and what is asked there."""

    role: str
    department: str
    post: Post


class _Posts(dict[tuple[Any, ...], _Held]):
    """A place and role, as in a row -> the post: ten thousand people share a few hundred."""

    def __init__(self, reader: PeopleReader) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, place: tuple[Any, ...]) -> _Held:
        one = AppointmentRow._make((0, *place, dt.date.min))
        self[place] = held = _Held(
            self._reader.roles[one.role],
            self._reader.departments.get(one.department, ""),
            self._reader.rulebook.post(one),
        )
        return held


def _found(lines: list[tuple[Any, ...]], posts: _Posts, completions: CompletionReader) -> Found:
    """Of a person's rows, one an appointment."""
    first = lines[0]
    if len(lines) == 1:
        roles, departments, post = posts[first[_PLACE]]
        obligations = post.asked(first[_SINCE])
    else:
        held = [posts[line[_PLACE]] for line in lines]
        roles = _joined(one.role for one in held)
        departments = _joined(one.department for one in held)
        obligations = strictest_of(
            one.post.asked(line[_SINCE]) for one, line in zip(held, lines, strict=True)
        )
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
    """For those with an appointment among `where` at `day`. Four queries, and one to read."""
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
