"""Calling a meeting off."""

from __future__ import annotations

import datetime as dt

from lrs.services import atomic_repeated
from meetings.models import Meeting
from meetings.services.acts import meeting_act_record
from meetings.signals import meeting_cancelled
from users.models import User


@atomic_repeated
def meeting_cancel(*, meeting: Meeting, reason: str, actor: User, now: dt.datetime) -> bool:
    """Call it off, for good: everybody who registered is told why. Answers whether it was new.

    :raises ValueError: there is no reason, or it is over already.
    """
    stored = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if stored.cancelled_at is not None:
        return False
    if not reason.strip() or stored.is_over_at(now):
        raise ValueError("A meeting is cancelled before it is over, and with a reason.")
    stored.cancelled_at, stored.cancelled_by, stored.cancel_reason = now, actor, reason.strip()
    stored.changed_at, stored.sequence = now, stored.sequence + 1
    stored.save()
    meeting_act_record(meeting=stored, actor=actor, action="meeting.cancel")
    meeting_cancelled.send(sender=Meeting, meeting=stored)
    return True
