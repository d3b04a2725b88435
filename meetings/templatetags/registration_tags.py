"""What a reader can do with a meeting, for its page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from meetings.models import Meeting, MeetingPage
from meetings.registrations.calling import Calling, calling_of
from meetings.words import moment_words

register = template.Library()


@register.simple_tag(takes_context=True)
def registering(context: Context, page: MeetingPage) -> Calling | None:
    """How the reader stands to the meeting of this page; None before its first publication."""
    request: Any = context.get("request")
    meeting = Meeting.objects.filter(uid=page.uid).select_related("region").first()
    if meeting is None or request is None:
        return None
    return calling_of(meeting=meeting, request=request, now=timezone.now())


@register.filter
def at_place(meeting: Meeting, moment: dt.datetime) -> str:
    """«lundi 8 mars 2027 à 18 h», on the clocks of the meeting's place."""
    return moment_words(meeting, moment)
