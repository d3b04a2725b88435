"""Seats and the waiting list, under a lock on the meeting's row.

Whoever changes who sits or waits locks the meeting first, so two people who want the last seat come
one after the other. Everybody enters through the line, and the line is filled up from its head:
nobody overtakes, and there is never an empty seat beside somebody who waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from lrs.services import PLATFORM, atomic_repeated, statements_store
from meetings import mails
from meetings.enums import Attends, MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from meetings.statements import registered

_BATCH = 500


def meeting_lock(pk: int) -> Meeting:
    """The meeting as it is now; nobody else changes it or its seats until the transaction ends."""
    meetings = Meeting.objects.select_for_update(of=("self",)).select_related("region", "page")
    return meetings.get(pk=pk)


def takes_seat(meeting: Meeting, attends: str) -> bool:
    """Whether somebody who comes so takes one of the seats that are counted."""
    return meeting.format == MeetingFormat.REMOTE or attends == Attends.ON_SITE


def attends_at(meeting: Meeting, wanted: str = "") -> Attends:
    """How one takes part: there is a choice only where both are possible."""
    match meeting.format:
        case MeetingFormat.REMOTE:
            return Attends.REMOTE
        case MeetingFormat.ON_SITE:
            return Attends.ON_SITE
        case _:
            return Attends(wanted) if wanted in Attends.values else Attends.ON_SITE


def seats_free(meeting: Meeting) -> int | None:
    """None without a limit; below zero if the capacity was lowered under those who have a seat."""
    if meeting.capacity is None:
        return None
    return meeting.capacity - meeting.registrations.seated().count()


@atomic_repeated
def seats_fill(*, meeting: Meeting, now: dt.datetime) -> list[Registration]:
    """Give the free seats to those in line, in their order, and tell them; answers who moved up."""
    moved = line_move_up(meeting_lock(meeting.pk), now)
    mails.moved_up_tell(moved)
    return moved


def line_enter(registration: Registration, meeting: Meeting, now: dt.datetime) -> None:
    """Take the last place in line, and the seat if one is free. The meeting is locked.

    Others who were waiting beside a free seat, which should not be, move up first.
    """
    registration.state = RegistrationState.WAITING
    registration.waiting_since = _behind_the_last(meeting, now)
    registration.save()
    moved = line_move_up(meeting, now)
    if any(one.pk == registration.pk for one in moved):
        Registration.objects.filter(pk=registration.pk).update(waiting_since=None)
    mails.moved_up_tell([one for one in moved if one.pk != registration.pk])
    registration.refresh_from_db()
    registration.meeting = meeting


def line_move_up(meeting: Meeting, now: dt.datetime) -> list[Registration]:
    """Who gets a seat; the meeting is locked. Nobody any more once it is under way and closed."""
    if not meeting.is_held or now >= max(meeting.starts_at, meeting.closes_at):
        return []
    free = seats_free(meeting)
    moved = []
    for one in _line(meeting):
        if free is None or not takes_seat(meeting, one.attends):
            moved.append(one)
        elif free > 0:
            moved.append(one)
            free -= 1
    registrations_confirm(moved, now)
    return moved


def registrations_confirm(registrations: Sequence[Registration], now: dt.datetime) -> None:
    """They have a seat, and «registered» is said of each. The meeting is locked."""
    for start in range(0, len(registrations), _BATCH):
        batch = registrations[start : start + _BATCH]
        for one in batch:
            one.state, one.confirmed_at = RegistrationState.CONFIRMED, now
        Registration.objects.filter(pk__in=[one.pk for one in batch]).update(
            state=RegistrationState.CONFIRMED, confirmed_at=now
        )
        statements_store(statements=[registered(one) for one in batch], source=PLATFORM)


def _line(meeting: Meeting) -> list[Registration]:
    line = list(meeting.registrations.in_line().select_related("person"))
    for one in line:
        one.meeting = meeting
    return line


def _behind_the_last(meeting: Meeting, now: dt.datetime) -> dt.datetime:
    """The clocks of two servers differ; the order in which they came does not."""
    last = meeting.registrations.in_line().last()
    return max(now, last.waiting_since) if last and last.waiting_since else now
