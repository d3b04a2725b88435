"""Who registered for the example meetings of Bretagne and Normandie, and who was there.

The rows are made in bulk and not through the services of registration: those write to everybody,
and nobody reads the addresses of invented people. What they say is stored as any statement is.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from lrs.services import statements_store
from meetings import statements
from meetings.enums import How, RegistrationState
from meetings.models import Meeting, MeetingAttendance, MeetingPage, Registration
from organisation.models import Appointment, Establishment, Person
from starter.sample.history import PLATFORM
from starter.sample.people import uuid_drawn

ASKED = dt.timedelta(days=20)  # before the meeting
BY_ADDRESS = 7
PAST_SIZES = (72, 41)  # people of the sample hospitals who registered
CAME = 0.8
HOW = (How.SCANNED,) * 5 + (How.LISTED,) * 3 + (How.PAPER,) * 2
FIRST_SIZE, SEATS = 23, 20  # of the next meeting in Bretagne: a waiting list can be seen


def sample_attendance_load(
    pasts: Sequence[MeetingPage],
    coming: MeetingPage,
    *,
    houses: Sequence[Establishment],
    known: Sequence[Person],
    now: dt.datetime,
) -> int:
    """Registrations for these meetings, presences at those that are over; how many presences.
    `known` are the people behind sample accounts: they are always there."""
    rng = random.Random("meetings")  # noqa: S311 - invented data
    said: list[dict[str, Any]] = []
    present = 0
    for page, size in zip(pasts, PAST_SIZES, strict=True):
        meeting = Meeting.objects.select_related("region").get(page=page)
        rows = _registrations(rng, meeting, _people(rng, houses, size, meeting, known))
        came = [row for row in rows if row.person in known or rng.random() < CAME]
        attendances = MeetingAttendance.objects.bulk_create(
            _attendance(rng, row, meeting) for row in came
        )
        said += [statements.registered(row) for row in rows]
        said += [statements.attended(attendance) for attendance in attendances]
        present += len(attendances)
    said += _coming(rng, coming, houses, now)
    statements_store(statements=said, source=PLATFORM)
    return present


def _coming(
    rng: random.Random, page: MeetingPage, houses: Sequence[Establishment], now: dt.datetime
) -> list[dict[str, Any]]:
    """A small room that is full: the last to ask wait for a seat."""
    page.capacity = SEATS
    page.save_revision().publish()
    meeting = Meeting.objects.select_related("region").get(page=page)
    people = _people(rng, houses, FIRST_SIZE, meeting, [], day=now.date())
    asked = now - dt.timedelta(days=3)
    rows = _registrations(rng, meeting, people, asked=asked, seats=SEATS)
    return [statements.registered(row) for row in rows if row.confirmed_at is not None]


def _people(
    rng: random.Random,
    houses: Sequence[Establishment],
    size: int,
    meeting: Meeting,
    known: Sequence[Person],
    day: dt.date | None = None,
) -> list[Person]:
    """Those who worked in these houses on the day, drawn evenly, the known ones among them."""
    day = day or meeting.local_start.date()
    jobs = Appointment.objects.at(day).filter(establishment__in=houses).order_by("pk")
    keys = sorted(set(jobs.values_list("person_id", flat=True)) - {one.pk for one in known})
    drawn = Person.objects.filter(pk__in=rng.sample(keys, min(size, len(keys)))).order_by("pk")
    return [*known, *drawn]


def _registrations(
    rng: random.Random,
    meeting: Meeting,
    people: Sequence[Person],
    *,
    asked: dt.datetime | None = None,
    seats: int | None = None,
) -> list[Registration]:
    asked = asked or meeting.starts_at - ASKED
    jobs = Appointment.objects.filter(person__in=people).order_by("starts_on", "pk")
    houses = dict(jobs.values_list("person_id", "establishment__name"))
    rows = [
        Registration(
            account_id=person.user_id,
            person=person,
            email=person.email or f"agent-{person.uid.hex[:8]}@demo.test",
            first_name=person.first_name,
            last_name=person.last_name,
            house=houses[person.pk],
        )
        for person in people
    ]
    if seats is None:
        rows += [
            Registration(
                email=f"invite-{number}@demo.test",
                first_name="Invité",
                last_name=f"d’exemple {number}",
                house="Structure d’exemple",
            )
            for number in range(1, BY_ADDRESS + 1)
        ]
    for number, row in enumerate(rows):
        row.uid, row.meeting = uuid_drawn(rng), meeting
        row.created_at = asked + dt.timedelta(minutes=number)
        has_seat = seats is None or number < seats
        row.state = RegistrationState.CONFIRMED if has_seat else RegistrationState.WAITING
        row.confirmed_at = row.created_at if has_seat else None
        row.waiting_since = None if has_seat else row.created_at
    return Registration.objects.bulk_create(rows)


def _attendance(
    rng: random.Random, registration: Registration, meeting: Meeting
) -> MeetingAttendance:
    arrived = meeting.starts_at + dt.timedelta(minutes=rng.randint(-20, 15))
    return MeetingAttendance(
        uid=uuid_drawn(rng),
        registration=registration,
        how=rng.choice(HOW),
        attended_at=arrived,
        recorded_at=max(arrived, meeting.starts_at),
    )
