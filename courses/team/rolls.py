"""The names to tick: the people of a place, found by name, and never more than a screen of them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from courses.models import Attendance, TeamSession
from courses.team.places import TeamPlace
from organisation.models import Person
from organisation.selectors import appointments_in_scope, work_in_scope

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Name:
    """One line of the list."""

    person: Person
    roles: str
    is_present: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """`names` are those shown; `count` how many there are."""

    names: list[Name]
    count: int

    @property
    def is_cut(self) -> bool:
        return len(self.names) < self.count


def people_of(*, place: TeamPlace, day: dt.date) -> QuerySet[Person]:
    """Who has an appointment in the place at `day`, each once."""
    theirs = appointments_in_scope(scope=place.scope, day=day).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(theirs))


def is_appointed(*, person: Person, place: TeamPlace, day: dt.date) -> bool:
    return appointments_in_scope(scope=place.scope, day=day).filter(person=person).exists()


def people_by_uid(*, place: TeamPlace, day: dt.date, uids: Collection[uuid.UUID]) -> list[Person]:
    """Those among `uids` who work in the place; whoever does not is left out."""
    return list(people_of(place=place, day=day).filter(uid__in=uids))


def roll(*, session: TeamSession, day: dt.date, words: str = "") -> Roll:
    """The people of the session's place whose name has all of `words`. Four queries."""
    place = TeamPlace.of(session.place)
    found = people_of(place=place, day=day)
    for word in words.split():
        found = found.filter(Q(last_name__icontains=word) | Q(first_name__icontains=word))
    people = list(found.order_by("last_name", "first_name", "pk")[:SHOWN])
    present = set(
        Attendance.objects.filter(session=session, person__in=people).values_list(
            "person_id", flat=True
        )
    )
    roles = work_in_scope(scope=place.scope, day=day, people=people)
    names = [Name(one, roles.get(one.pk, ""), one.pk in present) for one in people]
    return Roll(names, found.count())
