"""What follows for those who registered when their meeting changes, or they turn out to be one,
inside the same transaction."""

from __future__ import annotations

from typing import Any

from meetings import mails
from meetings.enums import Attends, MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from meetings.signals import meeting_cancelled, meeting_changed
from organisation.signals import people_merged

from .merging import registrations_go_over
from .seats import line_move_up, meeting_lock


def connect() -> None:
    meeting_changed.connect(_changed, dispatch_uid="meetings.registrations.changed")
    meeting_cancelled.connect(_cancelled, dispatch_uid="meetings.registrations.cancelled")
    people_merged.connect(registrations_go_over, dispatch_uid="meetings.people_merged")


def _changed(meeting: Meeting, changed: frozenset[str], **kwargs: Any) -> None:
    """Nobody loses a seat. Who gets one learns that, with the new facts; the others learn what is
    different. What is over is nobody's plan any more."""
    now = meeting.changed_at
    locked = meeting_lock(meeting.pk)
    if locked.is_over_at(now) or not locked.is_held:
        return
    if "format" in changed:
        _attend_as_possible(locked)
    moved = line_move_up(locked, now)
    mails.moved_up_tell(moved)
    known = {one.pk for one in moved}
    others = [one for one in _standing(locked) if one.pk not in known]
    mails.meeting_changed_tell(locked, others, changed)


def _cancelled(meeting: Meeting, **kwargs: Any) -> None:
    """They are told why; what they needed in order to follow it is needed no more."""
    locked = meeting_lock(meeting.pk)
    mails.meeting_cancelled_tell(locked, _standing(locked))
    locked.registrations.exclude(needs="").update(needs="")


def _attend_as_possible(meeting: Meeting) -> None:
    """Where there is one way left, everybody comes so."""
    ways = {MeetingFormat.ON_SITE: Attends.ON_SITE, MeetingFormat.REMOTE: Attends.REMOTE}
    way = ways.get(MeetingFormat(meeting.format))
    if way is not None:
        standing = meeting.registrations.exclude(state=RegistrationState.CANCELLED)
        standing.exclude(attends=way).update(attends=way)


def _standing(meeting: Meeting) -> list[Registration]:
    found = list(meeting.registrations.standing().select_related("person").order_by("pk"))
    for one in found:
        one.meeting = meeting
    return found
