"""Reading meetings."""

from __future__ import annotations

import datetime as dt

from meetings.models import MeetingPage


def meetings_upcoming(*, now: dt.datetime, limit: int) -> list[MeetingPage]:
    """At most `limit` published meetings that are neither over at `now` (aware) nor called off, the
    nearest first, with their region. Two queries."""
    meetings = MeetingPage.objects.live().public().upcoming(now).filter(record__cancelled_at=None)
    return list(meetings.select_related("region")[:limit])
