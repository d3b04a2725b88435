"""Reading meetings as those who hold them do: figures, and who comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from meetings.enums import Audience, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from organisation.models import Region


class Side(StrEnum):
    """The three lists of meetings, as addresses say them."""

    COMING = "a-venir"
    PAST = "passees"
    CANCELLED = "annulees"


@dataclass(frozen=True, slots=True)
class Figures:
    """How many have a seat, wait for one, and were there."""

    registered: int = 0
    waiting: int = 0
    attended: int = 0


def meetings_held(
    *, regions: Iterable[Region], side: Side, now: dt.datetime
) -> QuerySet[Meeting, Meeting]:
    """The meetings of these regions on one side: coming, the nearest first; else the latest."""
    found = Meeting.objects.filter(region__in=list(regions)).select_related("region", "page")
    match side:
        case Side.COMING:
            return found.filter(cancelled_at=None, ends_at__gt=now).order_by("starts_at", "pk")
        case Side.PAST:
            return found.filter(cancelled_at=None, ends_at__lte=now).order_by("-starts_at", "-pk")
        case Side.CANCELLED:
            return found.exclude(cancelled_at=None).order_by("-starts_at", "-pk")


def figures_of(*, meetings: Sequence[Meeting]) -> dict[int, Figures]:
    """Of each meeting, by its primary key. Two queries."""
    pks = [one.pk for one in meetings]
    rows = (
        Registration.objects.filter(meeting__in=pks)
        .order_by()
        .values("meeting")
        .annotate(
            registered=Count("pk", filter=Q(state=RegistrationState.CONFIRMED)),
            waiting=Count("pk", filter=Q(state=RegistrationState.WAITING)),
        )
    )
    states = {one["meeting"]: (one["registered"], one["waiting"]) for one in rows}
    there = MeetingAttendance.objects.standing().filter(registration__meeting__in=pks)
    attended = dict(there.order_by().values_list("registration__meeting").annotate(Count("pk")))
    return {pk: Figures(*states.get(pk, (0, 0)), attended=attended.get(pk, 0)) for pk in pks}


def registered_of(*, meeting: Meeting, words: str = "") -> QuerySet[Registration, Registration]:
    """Who has a seat or waits for one, by name, and whose name, house or address has all of
    `words`; each with `attended`, the attendance that stands. Two queries once read."""
    found = meeting.registrations.standing().select_related("person")
    for word in words.split():
        found = found.filter(
            Q(last_name__icontains=word)
            | Q(first_name__icontains=word)
            | Q(house__icontains=word)
            | Q(email__icontains=word)
        )
    standing = MeetingAttendance.objects.standing()
    return found.prefetch_related(
        Prefetch("attendance", queryset=standing, to_attr="attended")
    ).order_by("last_name", "first_name", "pk")


def absent_of(*, meeting: Meeting, words: str = "") -> QuerySet[Registration, Registration]:
    """Those of them who are not known to have come."""
    there = MeetingAttendance.objects.standing().filter(registration=OuterRef("pk"))
    return registered_of(meeting=meeting, words=words).exclude(Exists(there))


def needs_of(*, meeting: Meeting) -> list[Registration]:
    """Those who asked for something in order to follow it."""
    rows = meeting.registrations.standing().exclude(needs="")
    return list(rows.order_by("last_name", "first_name", "pk"))


def recipients_of(*, meeting: Meeting, audience: Audience) -> list[Registration]:
    """To whom a message goes; those without an address are among them."""
    rows = {
        Audience.CONFIRMED: meeting.registrations.confirmed(),
        Audience.WAITING: meeting.registrations.in_line(),
        Audience.STANDING: meeting.registrations.standing(),
    }[audience]
    found = list(rows.select_related("person").order_by("pk"))
    for one in found:
        one.meeting = meeting
    return found


def attendance_of(*, meeting: Meeting) -> list[MeetingAttendance]:
    """Who was there, by name. One query."""
    rows = MeetingAttendance.objects.standing().filter(registration__meeting=meeting)
    return list(
        rows.select_related("registration").order_by(
            "registration__last_name", "registration__first_name", "pk"
        )
    )
