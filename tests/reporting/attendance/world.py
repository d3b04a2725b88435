"""Meetings, who registered and who was there, made without their pages."""

from __future__ import annotations

import datetime as dt
import uuid
from itertools import count

from meetings.enums import How, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.zones import zone_of_region
from organisation.models import Appointment, Person, Region
from tests.organisation.factories import (
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
    RoleFamilyFactory,
    StaffRoleFactory,
)

JUNE = dt.date(2026, 6, 30)
_numbers = count()


def make_meeting(
    code: str = "53", day: dt.date = dt.date(2026, 6, 9), hour: int = 10, **fields: object
) -> Meeting:
    """Three hours from `hour` on, on the clocks of the region of this code."""
    zone = zone_of_region(code).zone
    starts = dt.datetime.combine(day, dt.time(hour), tzinfo=zone)
    values = {
        "uid": uuid.uuid4(),
        "title": f"Rencontre {next(_numbers)}",
        "region": Region.objects.get(code=code),
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=3),
        "format": "sur_place",
        "organiser": "ARS",
        "published_at": starts,
        "changed_at": starts,
    }
    return Meeting.objects.create(**{**values, **fields})


def register(meeting: Meeting, person: Person | None = None, email: str = "") -> Registration:
    return Registration.objects.create(
        meeting=meeting,
        state=RegistrationState.CONFIRMED,
        person=person,
        email=email or (person.email if person else f"{uuid.uuid4()}@ailleurs.test"),
        created_at=meeting.published_at,
        confirmed_at=meeting.published_at,
    )


def attend(
    meeting: Meeting, person: Person | None = None, how: str = How.LISTED, email: str = ""
) -> MeetingAttendance:
    return MeetingAttendance.objects.create(
        registration=register(meeting, person, email),
        how=how,
        attended_at=meeting.starts_at,
        recorded_at=meeting.ends_at,
    )


def workers(
    number: int, *, family: str = "ch", role_family: str = "soignante", **place: object
) -> list[Person]:
    """As many people with one appointment each, in a new house of this family."""
    house = place.get("establishment") or EstablishmentFactory(family=family)
    role = StaffRoleFactory(code=f"role-{role_family}", family=RoleFamilyFactory(code=role_family))
    people = [PersonFactory() for _number in range(number)]
    for person in people:
        AppointmentFactory(person=person, **{**place, "establishment": house, "role": role})
    return people


def job_of(person: Person) -> Appointment:
    job: Appointment = person.appointments.get()
    return job
