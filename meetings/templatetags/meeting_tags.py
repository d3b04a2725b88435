"""Dates of meetings, as the French write them and on the clocks of the place."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from meetings.models import MeetingPage

NBSP = "\N{NO-BREAK SPACE}"
register = template.Library()


@register.filter
def meeting_day(meeting: MeetingPage) -> str:
    """«mardi 9 mars 2027», or «du mardi 9 mars 2027 au mercredi 10 mars 2027»."""
    first, last = meeting.local_start.date(), meeting.local_end.date()
    if first == last:
        return _day(first)
    return _("du %(first)s au %(last)s") % {"first": _day(first), "last": _day(last)}


@register.filter
def meeting_hours(meeting: MeetingPage) -> str:
    """«de 9 h 30 à 16 h», with the zone's name where it is not that of Paris."""
    hours = _("de %(start)s à %(end)s") % {
        "start": _hour(meeting.local_start),
        "end": _hour(meeting.local_end),
    }
    label = meeting.place_zone.label
    return f"{hours} ({label})" if label else hours


@register.filter
def day_name(day: dt.date) -> str:
    """«mardi 9 mars 2027»."""
    return _day(day)


@register.filter
def hour_name(time: dt.time) -> str:
    """«9 h 30»."""
    return _hour(time)


@register.filter
def meeting_month(meeting: MeetingPage) -> str:
    """«déc», for the small calendar leaf."""
    return date_format(meeting.local_start.date(), "b")


@register.filter
def webcal(address: str) -> str:
    """The address of a feed as calendar programs register it: `webcal://…`."""
    return "webcal:" + address.partition(":")[2]


def _day(day: dt.date) -> str:
    name, _comma, rest = date_format(day, "l,j F Y").partition(",")
    number, _space, month_year = rest.partition(" ")
    ordinal = "1er" if number == "1" else number
    return f"{name} {ordinal}{NBSP}{month_year}"


def _hour(moment: dt.datetime | dt.time) -> str:
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"
