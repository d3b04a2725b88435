"""Reading meetings."""

from __future__ import annotations

import datetime as dt

from meetings.models import MeetingPage


def meetings_upcoming(*, now: dt.datetime, limit: int) -> list[MeetingPage]:
    """At most `limit` published meetings that are not over at `now` (aware), the nearest first,
    with their region. One query."""
    meetings = MeetingPage.objects.live().public().upcoming(now).select_related("region")
    return list(meetings[:limit])
