"""Reading registrations: seats, places in line, one's own meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from meetings.enums import RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.models.registrations import SEATED, RegistrationQuerySet
from organisation.models import Appointment, Person
from users.models import User


class Seats(NamedTuple):
    """The seats of a meeting. `capacity` None: as many as come."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def left(self) -> int | None:
        """How many may still come, None without a limit. Those in line have the first right to a
        seat, so while anybody waits there is none."""
        if self.capacity is None:
            return None
        return 0 if self.waiting else max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.left == 0


def seats_of(*, meetings: Iterable[Meeting]) -> dict[int, Seats]:
    """The seats of each of these meetings, by primary key. One query."""
    capacities = {meeting.pk: meeting.capacity for meeting in meetings}
    rows = (
        Registration.objects.filter(meeting__in=capacities)
        .order_by()
        .values_list("meeting")
        .annotate(
            taken=Count("pk", filter=SEATED),
            waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        )
    )
    counts = {pk: (taken, waiting) for pk, taken, waiting in rows}
    return {pk: Seats(capacity, *counts.get(pk, (0, 0))) for pk, capacity in capacities.items()}


def place_in_line(*, registration: Registration) -> int:
    """1 for the first in line; 0 for somebody who does not wait. One query at most."""
    if registration.state != RegistrationState.WAITING:
        return 0
    return _before(registration.meeting_id, registration.waiting_since, registration.pk).count() + 1


def _before(meeting: Any, since: Any, pk: Any) -> RegistrationQuerySet:
    earlier = Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=pk)
    return Registration.objects.filter(
        earlier, meeting=meeting, state=RegistrationState.WAITING
    ).order_by()


def registrations_of(*, person: Person | None, account: User | None) -> RegistrationQuerySet:
    """What somebody registered for: as the person, with the account, or by an e-mail address that
    the account has proved."""
    own = Q(pk__in=[])
    if person is not None:
        own |= Q(person=person)
    if account is not None:
        own |= Q(account=account) | Q(person=None, email__in=addresses_proved(account))
    return Registration.objects.filter(own)


def addresses_proved(account: User) -> list[str]:
    """The addresses that an account has proved to be its own, the principal one first."""
    proved = EmailAddress.objects.filter(user=account, verified=True).order_by("-primary", "pk")
    return [address.lower() for address in proved.values_list("email", flat=True)]


def house_of_person(*, person: Person, day: dt.date) -> str:
    """The name of where she works at `day`, «» if nowhere."""
    appointment = (
        Appointment.objects.at(day)
        .filter(person=person)
        .select_related("establishment")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return appointment.establishment.name[:160] if appointment else ""


@dataclass(frozen=True, slots=True)
class MyMeetings:
    """One's own registrations, by what they mean today. Those in line have their `place`."""

    coming: list[Registration] = field(default_factory=list)
    waiting: list[Registration] = field(default_factory=list)
    past: list[Registration] = field(default_factory=list)


def my_meetings(*, person: Person | None, account: User | None, now: dt.datetime) -> MyMeetings:
    """The next first among what comes, the latest first among what is past. A fixed number of
    queries. `attended` of each lists the attendance that nobody took back."""
    rows = (
        registrations_of(person=person, account=account)
        .standing()
        .select_related("meeting__region", "meeting__page")
        .prefetch_related(
            Prefetch(
                "attendance", queryset=MeetingAttendance.objects.standing(), to_attr="attended"
            )
        )
        .annotate(place=_place())
        .order_by("meeting__starts_at", "pk")
    )
    mine = MyMeetings()
    for one in rows:
        if one.meeting.is_over_at(now):
            if one.state == RegistrationState.CONFIRMED:
                mine.past.insert(0, one)
        elif one.state == RegistrationState.CONFIRMED:
            mine.coming.append(one)
        else:
            mine.waiting.append(one)
    return mine


def _place() -> Coalesce:
    earlier = (
        _before(OuterRef("meeting"), OuterRef("waiting_since"), OuterRef("pk"))
        .values("meeting")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(earlier), 0) + 1  # type: ignore[return-value]
