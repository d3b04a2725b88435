"""What the page of one meeting shows to its reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.blocks.stream_block import StreamValue

from meetings.calendars.structured import event_script
from meetings.listing import card_of
from meetings.models import Meeting, MeetingPage
from meetings.readers import remote_link_for
from meetings.registrations.selectors import seats_of


@dataclass(slots=True)
class ProgrammeDay:
    """A day of the programme; `day` None where the programme names none."""

    day: dt.date | None
    blocks: list[Any] = field(default_factory=list)


def meeting_context(request: HttpRequest, page: MeetingPage) -> dict[str, Any]:
    """The record and what follows from it. A preview of what was never published has none."""
    record = (
        Meeting.objects.select_related("region", "counts_for", "page").filter(uid=page.uid).first()
    )
    seats = seats_of(meetings=[record])[record.pk] if record else None
    return {
        "record": record,
        "card": card_of(page, record, seats, timezone.now()),
        "days": programme_days(page.programme),
        "remote_link": remote_link_for(request, record) if record else "",
        "event_script": event_script(record) if record else "",
    }


def programme_days(programme: StreamValue) -> list[ProgrammeDay]:
    """The blocks by day: a sequence that names another day begins it, the rest follows it."""
    days: list[ProgrammeDay] = []
    for block in programme:
        named = block.value["day"] if block.block_type == "session" else None
        if not days or (named is not None and named != days[-1].day):
            days.append(ProgrammeDay(named))
        days[-1].blocks.append(block)
    return days
