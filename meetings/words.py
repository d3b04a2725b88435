"""Moments of a meeting in words, on the clocks of the place."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingPage
from meetings.templatetags.meeting_tags import day_name, hour_name


def start_day(meeting: Meeting) -> str:
    """«mardi 9 mars 2027», the day on which it begins."""
    return day_name(meeting.local_start.date())


def moment_words(meeting: Meeting | MeetingPage, moment: dt.datetime) -> str:
    """«lundi 8 mars 2027 à 18 h», with the zone's name where it is not that of Paris."""
    local = meeting.place_zone.local(moment)
    words = _("%(day)s à %(hour)s") % {
        "day": day_name(local.date()),
        "hour": hour_name(local.time()),
    }
    label = meeting.place_zone.label
    return f"{words} ({label})" if label else words
