"""Dates of meetings, as the French write them and on the clocks of the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meetings.models import Meeting, MeetingPage
from meetings.zones import PARIS
from organisation.maps import Line, Shape, figure_place, name_lines

Timed = MeetingPage | Meeting

NBSP = "\N{NO-BREAK SPACE}"
register = template.Library()


@register.filter
def meeting_day(meeting: Timed) -> str:
    """«mardi 9 mars 2027», or «du mardi 9 mars 2027 au mercredi 10 mars 2027»."""
    first, last = meeting.local_start.date(), meeting.local_end.date()
    if first == last:
        return _day(first)
    return _("du %(first)s au %(last)s") % {"first": _day(first), "last": _day(last)}


@register.filter
def meeting_hours(meeting: Timed) -> str:
    """«de 9 h 30 à 16 h»; overseas «de 10 h à 12 h à La Réunion, de 7 h à 9 h à Paris»; over
    several days «début à 14 h, fin à 12 h»."""
    place = meeting.place_zone
    here = _hours(meeting.local_start, meeting.local_end)
    if not place.there:
        return here
    starts, ends = PARIS.local(meeting.starts_at), PARIS.local(meeting.ends_at)
    shift = (starts.date() - meeting.local_start.date()).days
    words = {
        "here": f"{here} {place.there}",
        "paris": _hours(
            starts, ends, is_long=meeting.local_start.date() != meeting.local_end.date()
        ),
    }
    if shift:
        words["day"] = _("le lendemain") if shift > 0 else _("la veille")
        return _("%(here)s, %(paris)s %(day)s à Paris") % words
    return _("%(here)s, %(paris)s à Paris") % words


@register.simple_tag
def reader_hours(meeting: Timed) -> SafeString:
    """Where a script (zones.js) writes the hours on the reader's own clocks, if they are others."""
    return format_html(
        '<span class="tcv-here" data-starts="{}" data-ends="{}" data-place="{}" '
        'data-words="{}" hidden></span>',
        meeting.starts_at.astimezone(dt.UTC).isoformat(),
        meeting.ends_at.astimezone(dt.UTC).isoformat(),
        meeting.place_zone.zone.key,
        _("Chez vous, {start} – {end}"),
    )


@register.filter
def day_name(day: dt.date) -> str:
    """«mardi 9 mars 2027»."""
    return _day(day)


@register.filter
def hour_name(time: dt.time | dt.datetime) -> str:
    """«9 h 30»."""
    return _hour(time)


@register.filter
def meeting_moved_from(meeting: Meeting) -> str:
    """«mardi 9 mars 2027 à 9 h 30», the start that was announced before, at the place."""
    assert meeting.moved_from is not None
    return _moment(meeting.place_zone.local(meeting.moved_from))


@register.filter
def meeting_closes(meeting: Meeting) -> str:
    """«lundi 8 mars 2027 à 18 h», the end of registration, at the place."""
    return _moment(meeting.place_zone.local(meeting.closes_at))


@register.filter
def meeting_month(meeting: Timed) -> str:
    """«déc», for the small calendar leaf."""
    return date_format(meeting.local_start.date(), "N")


@register.filter
def svg(number: float) -> str:
    """A number as SVG writes it, whatever the language of the page."""
    return f"{number:.1f}"


@register.filter
def map_lines(shape: Shape, lines: Sequence[str]) -> list[Line]:
    """Where each line of a region's name stands on the map."""
    return name_lines(shape, lines)


@register.filter
def map_dot(shape: Shape, lines: Sequence[str]) -> Line:
    """Where its figure stands: below the name."""
    return figure_place(shape, lines)


@register.filter
def webcal(address: str) -> str:
    """The address of a feed as calendar programs register it: `webcal://…`."""
    return "webcal:" + address.partition(":")[2]


def _hours(starts: dt.datetime, ends: dt.datetime, *, is_long: bool | None = None) -> str:
    """`is_long`: the meeting takes several days; told from these moments unless it is known."""
    words = {"start": _hour(starts), "end": _hour(ends)}
    if starts.date() != ends.date() if is_long is None else is_long:
        return _("début à %(start)s, fin à %(end)s") % words
    return _("de %(start)s à %(end)s") % words


def _moment(local: dt.datetime) -> str:
    return _("%(day)s à %(hour)s") % {"day": _day(local.date()), "hour": _hour(local)}


def _day(day: dt.date) -> str:
    name, _comma, rest = date_format(day, "l,j F Y").partition(",")
    number, _space, month_year = rest.partition(" ")
    ordinal = "1er" if number == "1" else number
    return f"{name} {ordinal}{NBSP}{month_year}"


def _hour(moment: dt.datetime | dt.time) -> str:
    minutes = f"{NBSP}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"
