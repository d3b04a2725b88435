"""Whom one can write to, and where they work. Four queries for a batch."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from notifications.mails import LocalContact
from organisation.local_contacts import local_contact
from organisation.models import Appointment, Establishment, Person


class Addressee(NamedTuple):
    """A person, as far as a mail to her needs it. `is_active` is her account's, None if none."""

    pk: int
    uid: uuid.UUID
    email: str
    user: int | None
    is_active: bool | None


class Reader(NamedTuple):
    """Somebody to write to. `place` is where she works; of two places, the one she came to last."""

    person: Addressee
    address: str
    place: Establishment

    @property
    def contact(self) -> LocalContact:
        return local_contact(self.place)


class Sorted(NamedTuple):
    """A batch of people: those to write to, and how many not, by reason."""

    readers: list[Reader]
    counts: dict[str, int]


EXAMINED, ENDED, ADDRESSLESS, SWITCHED_OFF = "examined", "ended", "addressless", "switched_off"


def addressees(people: QuerySet[Person]) -> list[Addressee]:
    """One query: thousands of people are read without a row of theirs being made."""
    columns = people.values_list("pk", "uid", "email", "user_id", "user__is_active")
    return [Addressee._make(one) for one in columns]


def people_after(*, pk: int, limit: int) -> list[Addressee]:
    """The next people in the order of their keys, with their accounts."""
    return addressees(Person.objects.filter(pk__gt=pk).order_by("pk")[:limit])


def readers_among(
    *, people: Sequence[Addressee], day: dt.date, among: QuerySet[Person] | None = None
) -> Sorted:
    """Who of these works somewhere at `day` and has an address that one may use.

    That is the professional address on the roster, else one that she has proved with her account.
    Whoever was erased has neither. `among` is a query in whose answer they all are: the database
    is asked about that one, rather than about thousands by their numbers.
    """
    places = _places([one.pk for one in people] if among is None else among, day)
    proved = _proved_addresses([one.user for one in people if one.user and not one.email])
    readers, reasons = [], dict.fromkeys((ENDED, SWITCHED_OFF, ADDRESSLESS), 0)
    for person in people:
        place = places.get(person.pk)
        address = person.email or proved.get(person.user or 0, "")
        if place is None:
            reasons[ENDED] += 1
        elif person.is_active is False:
            reasons[SWITCHED_OFF] += 1
        elif not address:
            reasons[ADDRESSLESS] += 1
        else:
            readers.append(Reader(person, address, place))
    return Sorted(readers, {EXAMINED: len(people), **reasons})


def _places(people: Collection[int] | QuerySet[Person], day: dt.date) -> dict[int, Establishment]:
    is_open = Q(establishment__closed_on=None) | Q(establishment__closed_on__gt=day)
    appointments = (
        Appointment.objects.at(day)
        .filter(is_open, person__in=people)
        .order_by("starts_on", "pk")
        .values_list("person_id", "establishment_id")
    )
    latest = dict(appointments)  # the latest stays
    houses = Establishment.objects.in_bulk(set(latest.values()))
    return {person: houses[house] for person, house in latest.items() if house in houses}


def _proved_addresses(users: Collection[int]) -> dict[int, str]:
    addresses = EmailAddress.objects.filter(user__in=users, verified=True)
    return dict(addresses.order_by("primary", "pk").values_list("user_id", "email"))
