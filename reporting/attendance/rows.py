"""Loading presences and absences: a fixed number of queries, whatever the number of people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance, Registration
from organisation.models import Appointment


@dataclass(frozen=True, slots=True)
class Presence:
    """Somebody at a meeting; `jobs` are the appointments that she held on its day, none where no
    establishment is known."""

    attendance: MeetingAttendance
    day: dt.date
    jobs: tuple[Appointment, ...]

    @property
    def meeting(self) -> Meeting:
        return self.attendance.registration.meeting

    @property
    def who(self) -> Hashable:
        return who(self.attendance.registration)

    @property
    def is_declared(self) -> bool:
        return How(self.attendance.how) is How.PAPER


def who(registration: Registration) -> Hashable:
    """The same for the same person at several meetings: her record, else her address."""
    if registration.person_id is not None:
        return registration.person_id
    return registration.email.lower() or f"registration:{registration.pk}"


def meetings_between(first: dt.date, last: dt.date) -> dict[int, Meeting]:
    """Those that began on these days on the clocks of their place, but for the cancelled. One
    query."""
    midnight = dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC)
    days = (last - first).days
    near = Meeting.objects.filter(
        cancelled_at=None,
        starts_at__gte=midnight - dt.timedelta(days=1),
        starts_at__lt=midnight + dt.timedelta(days=days + 2),
    ).select_related("region")
    return {one.pk: one for one in near if first <= one.local_start.date() <= last}


def presences(attendances: QuerySet[MeetingAttendance]) -> list[Presence]:
    """What stands among these, the latest meeting first. Two queries."""
    found = list(
        attendances.standing()  # type: ignore[attr-defined]
        .filter(registration__meeting__cancelled_at=None)
        .select_related("registration__meeting__region", "registration__person")
        .order_by("-registration__meeting__starts_at", "registration__meeting", "pk")
    )
    jobs = _appointments({one.registration.person_id for one in found} - {None})
    rows = []
    for one in found:
        day = one.registration.meeting.local_start.date()
        held = jobs.get(one.registration.person_id or 0, ())
        rows.append(Presence(one, day, tuple(job for job in held if _holds(job, day))))
    return rows


def presences_of(meetings: Collection[int]) -> list[Presence]:
    """Everybody at these meetings. Two queries."""
    return presences(MeetingAttendance.objects.filter(registration__meeting__in=meetings))


def absences_of(meetings: Collection[int]) -> list[Registration]:
    """Who had a seat at one of these and was not there. Only where somebody was: without a list of
    who came, everybody would be absent. One query."""
    came = MeetingAttendance.objects.standing().filter(registration=OuterRef("pk"))
    list_kept = MeetingAttendance.objects.standing().values("registration__meeting")
    return list(
        Registration.objects.confirmed()
        .filter(~Exists(came), meeting__in=meetings)
        .filter(meeting__in=list_kept)
        .select_related("meeting__region")
        .order_by("pk")
    )


def _appointments(people: Iterable[int | None]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    jobs = Appointment.objects.filter(person__in=list(people))
    for job in jobs.select_related("establishment", "role__family", "department").order_by("pk"):
        found[job.person_id].append(job)
    return found


def _holds(job: Appointment, day: dt.date) -> bool:
    """Half-open, as intervals are; what is in an establishment closed by then counts nowhere."""
    closed_on = job.establishment.closed_on
    return (
        job.starts_on <= day
        and (job.ends_on is None or day < job.ends_on)
        and (closed_on is None or day < closed_on)
    )
