"""When attendance may be recorded and taken back.

From the doors' opening until thirty days after the end, whoever records it; the code at the door
is good while the meeting runs only (`Meeting.is_at_door`). A meeting that was taken off the site
took place all the same; one that was cancelled did not.
"""

from __future__ import annotations

import datetime as dt

from meetings.enums import How
from meetings.models import Meeting
from meetings.models.record import DOORS_OPEN_BEFORE

KEPT_OPEN = dt.timedelta(days=30)


def last_moment(meeting: Meeting) -> dt.datetime:
    """Until when attendance may be recorded, or taken back."""
    return meeting.ends_at + KEPT_OPEN


def is_recordable_at(meeting: Meeting, now: dt.datetime) -> bool:
    opens = meeting.starts_at - DOORS_OPEN_BEFORE
    return meeting.cancelled_at is None and opens <= now < last_moment(meeting)


def is_withdrawable_at(meeting: Meeting, now: dt.datetime) -> bool:
    return now < last_moment(meeting)


def moment_of(meeting: Meeting, how: How, now: dt.datetime) -> dt.datetime:
    """When somebody was there: when she scanned, or else at the beginning, as a list says; never
    in the future."""
    return now if how is How.SCANNED else min(now, meeting.starts_at)
