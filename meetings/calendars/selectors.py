"""What stands in each calendar: the last twelve months and everything to come."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from meetings.calendars.files import CalendarEntry, entry_of, registration_changed_at
from meetings.enums import RegistrationState
from meetings.models import CalendarFeed, Meeting, MeetingPage, Registration
from meetings.registrations.selectors import registrations_of
from organisation.models import Region
from organisation.selectors import person_of_user
from users.models import User

KEPT = dt.timedelta(days=366)
STANDING = (RegistrationState.CONFIRMED, RegistrationState.WAITING)


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own entries, and when they last changed: what left them counts too."""

    entries: Sequence[CalendarEntry]
    changed_at: dt.datetime


def entries_public(*, now: dt.datetime, region: Region | None = None) -> list[CalendarEntry]:
    """Those of a region, or all, by date; what was called off stays, that subscribers learn of it.
    Two queries."""
    meetings = _public().filter(ends_at__gte=now - KEPT)
    if region is not None:
        meetings = meetings.filter(region=region)
    return [CalendarEntry(meeting, is_free=True) for meeting in meetings]


def meeting_public(*, uid: uuid.UUID) -> Meeting | None:
    """A meeting that was published for everybody, be it called off or withdrawn since."""
    return _public().filter(uid=uid).first()


def feed_of_user(*, user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=user).first()


def entries_own(*, feed: CalendarFeed, now: dt.datetime) -> Own:
    """The meetings that the feed's owner registered for, with a seat or in line: three queries."""
    account = feed.account
    mine = registrations_of(person=person_of_user(user=account), account=account)
    registrations = list(
        mine.filter(meeting__ends_at__gte=now - KEPT)
        .select_related("meeting__region", "meeting__page")
        .order_by("meeting__starts_at", "pk")
    )
    entries = [entry_of(one) for one in _once_each(registrations)]
    moments = [max(registration_changed_at(r), r.meeting.changed_at) for r in registrations]
    return Own(entries, max([feed.created_at, *moments]))


def _once_each(registrations: Sequence[Registration]) -> list[Registration]:
    """One a meeting: with an account and as a person she may stand twice; the seat counts."""
    standing = [one for one in registrations if one.state in STANDING]
    by_meeting: dict[int, Registration] = {}
    for one in standing:
        known = by_meeting.get(one.meeting_id)
        if known is None or known.state != RegistrationState.CONFIRMED:
            by_meeting[one.meeting_id] = one
    return list(by_meeting.values())


def _public() -> QuerySet[Meeting]:
    """Of a page with restricted readers there is no file."""
    for_all = Q(page=None) | Q(page__in=MeetingPage.objects.public())
    return Meeting.objects.filter(for_all).select_related("region", "page")
