"""Everybody of a place with where she stands in each module, one after the other.

Ten thousand people by ten modules are a hundred thousand validations: they come from one query,
read in chunks on the server's side, and no more than one person is held at a time. One query, so
that a person who moves meanwhile stands in it as she was, or as she is, and never as both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Max, Q

from organisation.models import Department, StaffRole
from organisation.models.people import person_name
from reporting.counting import AppointmentRow, Latest, Obligation, Rulebook
from reporting.kinds import in_order
from training.enums import Provenance
from training.models import Trainable

from . import rows

CHUNK = 2000
"""Rows read at a time."""


class Standing(NamedTuple):
    """A person in a module. `obligation` is None where nothing asks it of her; `valid_until` is the
    first day on which `latest` counts no longer, None if it always does."""

    obligation: Obligation | None
    latest: Latest | None
    valid_until: dt.date | None
    is_covered: bool


class Listed(NamedTuple):
    """A person, with her standing in each of the modules of the list."""

    name: str
    roles: str
    departments: str
    standings: list[Standing]


@dataclass(frozen=True)
class People:
    """`rows` is read once, while it is read from the database."""

    day: dt.date
    count: int
    trainables: list[Trainable]
    rows: Iterator[Listed]


def people_listed(*, where: Q, day: dt.date, trainable: Trainable | None = None) -> People:
    """Those with an appointment among `where` at `day`, by name. Eleven queries, the last of which
    is made when the rows are asked for."""
    rulebook = rows.rulebook_at(day=day)
    appointments = rows.appointments_at(day).filter(where)
    asked = _asked(appointments, rulebook)
    trainables = [
        one
        for one in in_order(Trainable.objects.filter(pk__in=asked))
        if trainable is None or one == trainable
    ]
    houses = appointments.values("establishment")
    departments = Department.objects.filter(establishment__in=houses)
    reader = _Reader(
        day=day,
        rulebook=rulebook,
        trainables=[one.pk for one in trainables],
        roles=dict(StaffRole.objects.values_list("pk", "name")),
        departments=dict(departments.values_list("pk", "name")),
    )
    count = appointments.values("person").distinct().count()
    return People(day, count, trainables, reader.read(appointments))


def _asked(appointments: Any, rulebook: Rulebook) -> set[int]:
    """What is asked of anybody there, by kinds of appointments and not by people. One query."""
    kinds = appointments.values_list(*rows.APPOINTMENT[1:-1]).distinct()
    return {
        trainable
        for kind in kinds
        for trainable in rulebook.obligations(AppointmentRow._make((0, *kind, dt.date.min)))
    }


# The columns of the one query: those of `AppointmentRow` and those of `person_name`.
_NAME = ("person__last_name", "person__first_name", "person__erased_at", "person__uid")
_OWN = slice(1, 1 + len(rows.APPOINTMENT))
_NAMED = slice(_OWN.stop, _OWN.stop + len(_NAME))


@dataclass(frozen=True)
class _Reader:
    day: dt.date
    rulebook: Rulebook
    trainables: list[int]
    roles: dict[int, str]
    departments: dict[int, str]

    def read(self, appointments: Any) -> Iterator[Listed]:
        completed = "person__completions__completed_at"
        until = Q(**{f"{completed}__lt": rows.midnight_after(self.day)})
        observed = Q(person__completions__provenance=Provenance.OBSERVED)
        found = (
            appointments.order_by(*_NAME[:2], "person_id", "pk")
            .values_list("pk", *rows.APPOINTMENT, *_NAME, "person__completions__trainable_id")
            .annotate(
                latest=Max(completed, filter=until),
                observed=Max(completed, filter=until & observed),
            )
            .iterator(chunk_size=CHUNK)
        )
        for _person, lines in groupby(found, key=itemgetter(1)):
            yield self._listed(list(lines))

    def _listed(self, lines: list[tuple[Any, ...]]) -> Listed:
        """Of a person's rows: her appointments, each with all of her modules."""
        own = {line[0]: AppointmentRow(*line[_OWN]) for line in lines}.values()
        latest = {line[-3]: rows.latest_of(*line[-2:]) for line in lines if line[-2] is not None}
        obligations = self._obligations(own)
        return Listed(
            name=person_name(*lines[0][_NAMED]),
            roles=_joined(self.roles[one.role] for one in own),
            departments=_joined(self.departments.get(one.department or 0, "") for one in own),
            standings=[
                self._standing(one, obligations.get(one), latest.get(one))
                for one in self.trainables
            ],
        )

    def _obligations(self, appointments: Iterable[AppointmentRow]) -> dict[int, Obligation]:
        """The strictest of what each asks."""
        found: dict[int, Obligation] = {}
        for appointment in appointments:
            for trainable, obligation in self.rulebook.obligations(appointment).items():
                known = found.get(trainable)
                found[trainable] = known.strictest(obligation) if known else obligation
        return found

    def _standing(
        self, trainable: int, obligation: Obligation | None, latest: Latest | None
    ) -> Standing:
        if latest is None:
            return Standing(obligation, None, None, False)
        months = obligation.validity_months if obligation else None
        end = self.rulebook.valid_until(trainable, latest.completed_on, months)
        return Standing(obligation, latest, end, end is None or self.day < end)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(sorted(set(words) - {""}))
