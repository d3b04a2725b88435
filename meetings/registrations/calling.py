"""The call to action on a meeting's page: what its reader can do, or has done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import reverse

from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from organisation.sessions import account_of_request, is_signed_in, person_of_request

from .selectors import Seats, place_in_line, registrations_of, seats_of


class Call(StrEnum):
    OPEN = "open"
    FULL = "full"  # one may join the waiting list
    REGISTERED = "registered"
    WAITING = "waiting"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OVER = "over"
    WRITE = "write"  # to the contact: the platform takes no registrations
    ABSENT = "absent"  # not published, or taken off the site


@dataclass(frozen=True, slots=True)
class Calling:
    """`call` says which; `registration` and `place` are the reader's own, if she has one."""

    call: Call
    meeting: Meeting
    seats: Seats
    registration: Registration | None = None
    place: int = 0
    is_signed_in: bool = False

    @property
    def own_path(self) -> str:
        """Where a reader who is signed in finds her registration."""
        assert self.registration is not None
        return reverse("meetings:registration", args=[self.registration.uid])

    @property
    def is_mixed(self) -> bool:
        return self.meeting.format == MeetingFormat.BOTH


def calling_of(*, meeting: Meeting, request: HttpRequest, now: dt.datetime) -> Calling:
    """What the page says to this reader. Four queries at most."""
    own = _own(meeting, request)
    seats = seats_of(meetings=[meeting])[meeting.pk]
    place = place_in_line(registration=own) if own else 0
    call = _call(meeting, own, seats, now)
    return Calling(call, meeting, seats, own, place, is_signed_in(request))


def _own(meeting: Meeting, request: HttpRequest) -> Registration | None:
    if not is_signed_in(request):
        return None
    mine = registrations_of(person=person_of_request(request), account=account_of_request(request))
    own = mine.standing().filter(meeting=meeting).order_by("-pk").first()
    if own is not None:
        own.meeting = meeting
    return own


def _call(meeting: Meeting, own: Registration | None, seats: Seats, now: dt.datetime) -> Call:
    if meeting.cancelled_at is not None:
        return Call.CANCELLED
    if meeting.withdrawn_at is not None:
        return Call.ABSENT
    if meeting.is_over_at(now):
        return Call.OVER
    if own is not None:
        is_in = own.state == RegistrationState.CONFIRMED
        return Call.REGISTERED if is_in else Call.WAITING
    if not meeting.takes_registrations:
        return Call.WRITE
    if not meeting.is_open_at(now):
        return Call.CLOSED
    return Call.FULL if seats.is_full else Call.OPEN
