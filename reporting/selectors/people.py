"""Everybody of a place with where she stands in each module, one after the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from reporting.counting import AppointmentRow, Latest, Obligation, Rulebook
from reporting.kinds import in_order
from training.models import Trainable

from . import rows
from .standings import Found, PeopleReader, people_reader


class Standing(NamedTuple):
    """A person in a module. `obligation` is None where nothing asks it of her; `valid_until` is the
    first day on which `latest` counts no longer, None if it always does."""

    obligation: Obligation | None
    latest: Latest | None
    valid_until: dt.date | None
    is_covered: bool


@dataclass(frozen=True)
class People:
    """`found` is read once, while it is read from the database."""

    day: dt.date
    count: int
    trainables: list[Trainable]
    found: Iterator[Found]
    rulebook: Rulebook

    def standing(
        self, trainable: int, obligation: Obligation | None, latest: Latest | None
    ) -> Standing:
        """What that comes to at the day, for whomever it is."""
        if latest is None:
            return Standing(obligation, None, None, False)
        months = obligation.validity_months if obligation else None
        end = self.rulebook.valid_until(trainable, latest.completed_on, months)
        return Standing(obligation, latest, end, end is None or self.day < end)


def people_listed(*, where: Q, day: dt.date, trainable: Trainable | None = None) -> People:
    """Those with an appointment among `where` at `day`, by name. Eight queries, the last of which
    is made when the people are asked for."""
    reader = people_reader(where=where, day=day)
    trainables = [
        one
        for one in in_order(Trainable.objects.filter(pk__in=_asked(reader)))
        if trainable is None or one == trainable
    ]
    count = reader.appointments.aggregate(people=Count("person", distinct=True))["people"]
    return People(day, count, trainables, reader.people(), reader.rulebook)


def _asked(reader: PeopleReader) -> set[int]:
    """What is asked of anybody there, by kinds of appointments and not by people. One query."""
    kinds = reader.appointments.values_list(*rows.APPOINTMENT[1:-1]).distinct()
    return {
        trainable
        for kind in kinds
        for trainable in reader.rulebook.obligations(AppointmentRow._make((0, *kind, dt.date.min)))
    }
