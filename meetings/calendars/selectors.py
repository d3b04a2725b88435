"""What stands in each calendar: the last twelve months and everything to come."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from meetings.calendars.files import CalendarEntry, entry_of, registration_changed_at
from meetings.enums import RegistrationState
from meetings.models import CalendarFeed, Meeting, MeetingPage, Registration
from meetings.registrations.selectors import registrations_of
from organisation.models import Region
from organisation.selectors import person_of_user
from users.models import User

KEPT = dt.timedelta(days=366)
STANDING = (RegistrationState.CONFIRMED, RegistrationState.WAITING)


class State(NamedTuple):
    number: int
    changed_at: dt.datetime | None
    sum: int | None


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own entries, and when they last changed: what left them counts too."""

    entries: Sequence[CalendarEntry]
    changed_at: dt.datetime


def kept_since(now: dt.datetime) -> dt.datetime:
    """From when on meetings stand in the feeds: the same all day long."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) - KEPT


def entries_public(*, since: dt.datetime, region: Region | None) -> list[CalendarEntry]:
    """Those of a region, or all, by date; what was called off stays, that subscribers learn of it.
    Two queries."""
    meetings = _public_since(since, region)
    return [CalendarEntry(meeting, is_free=True) for meeting in meetings]


def state_public(*, since: dt.datetime, region: Region | None) -> State:
    """What changes with any change of those entries. Two queries."""
    found = _public_since(since, region).order_by()
    return State(
        **found.aggregate(number=Count("pk"), changed_at=Max("changed_at"), sum=Sum("sequence"))
    )


def meeting_public(*, uid: uuid.UUID) -> Meeting | None:
    """A meeting that was published for everybody, be it called off or withdrawn since."""
    return _public().filter(uid=uid).first()


def feed_of_user(*, user: User) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(account=user).first()


def _public_since(since: dt.datetime, region: Region | None) -> QuerySet[Meeting]:
    meetings = _public().filter(ends_at__gte=since)
    return meetings if region is None else meetings.filter(region=region)


def entries_own(*, feed: CalendarFeed, now: dt.datetime) -> Own:
    """The meetings that the feed's owner registered for, with a seat or in line: three queries."""
    account = feed.account
    mine = registrations_of(person=person_of_user(user=account), account=account)
    registrations = list(
        mine.filter(meeting__ends_at__gte=kept_since(now))
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
