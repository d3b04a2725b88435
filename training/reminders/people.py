"""Whom one can write to, and where they work. Three queries for a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.db.models import Q

from notifications.mails import LocalContact
from organisation.local_contacts import local_contact
from organisation.models import Appointment, Establishment, Person


class Reader(NamedTuple):
    """Somebody to write to. `place` is where she works; of two places, the one she came to last."""

    person: Person
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


def people_after(*, pk: int, limit: int) -> list[Person]:
    """The next people in the order of their keys, with their accounts."""
    people = Person.objects.filter(pk__gt=pk).select_related("user").order_by("pk")
    return list(people[:limit])


def readers_among(*, people: Sequence[Person], day: dt.date) -> Sorted:
    """Who of these works somewhere at `day` and has an address that one may use.

    That is the professional address on the roster, else one that she has proved with her account.
    Whoever was erased has neither.
    """
    places = _places([person.pk for person in people], day)
    proved = _proved_addresses([person.user_id for person in people if person.user_id])
    readers, reasons = [], dict.fromkeys((ENDED, SWITCHED_OFF, ADDRESSLESS), 0)
    for person in people:
        place = places.get(person.pk)
        address = person.email or proved.get(person.user_id or 0, "")
        if place is None:
            reasons[ENDED] += 1
        elif person.user is not None and not person.user.is_active:
            reasons[SWITCHED_OFF] += 1
        elif not address:
            reasons[ADDRESSLESS] += 1
        else:
            readers.append(Reader(person, address, place))
    return Sorted(readers, {EXAMINED: len(people), **reasons})


def _places(people: Collection[int], day: dt.date) -> dict[int, Establishment]:
    is_open = Q(establishment__closed_on=None) | Q(establishment__closed_on__gt=day)
    appointments = (
        Appointment.objects.at(day)
        .filter(is_open, person__in=people)
        .select_related("establishment")
        .order_by("starts_on", "pk")
    )
    return {one.person_id: one.establishment for one in appointments}  # the latest stays


def _proved_addresses(users: Collection[int]) -> dict[int, str]:
    addresses = EmailAddress.objects.filter(user__in=users, verified=True)
    return dict(addresses.order_by("primary", "pk").values_list("user_id", "email"))
