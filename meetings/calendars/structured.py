"""What search engines read of a meeting: schema.org's Event, as JSON-LD."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from meetings.calendars.files import page_address
from meetings.enums import MeetingFormat
from meetings.models import Meeting

SCHEMA = "https://schema.org/"
MODES = {
    MeetingFormat.ON_SITE: "OfflineEventAttendanceMode",
    MeetingFormat.REMOTE: "OnlineEventAttendanceMode",
    MeetingFormat.BOTH: "MixedEventAttendanceMode",
}
# As Django's `json_script`: nothing in a text ends the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def event_data(meeting: Meeting) -> dict[str, Any]:
    """The public facts; the connection link is none of them, so the page stands for it."""
    address = page_address(meeting)
    data: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": meeting.title,
        "description": meeting.summary,
        "startDate": _moment(meeting, meeting.starts_at),
        "endDate": _moment(meeting, meeting.ends_at),
        "eventStatus": SCHEMA + _status(meeting),
        "eventAttendanceMode": SCHEMA + MODES[MeetingFormat(meeting.format)],
        "location": _locations(meeting, address),
        "organizer": _organiser(meeting),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "url": address,
    }
    if meeting.moved_from is not None:
        data["previousStartDate"] = _moment(meeting, meeting.moved_from)
    return {name: value for name, value in data.items() if value != ""}


def event_script(meeting: Meeting) -> SafeString:
    """The data as an element that no browser executes (HTML: a data block)."""
    written = json.dumps(event_data(meeting), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(  # noqa: S308 (escaped above)
        f'<script type="application/ld+json">{written}</script>'
    )


def _status(meeting: Meeting) -> str:
    if not meeting.is_held:
        return "EventCancelled"
    return "EventRescheduled" if meeting.moved_from is not None else "EventScheduled"


def _moment(meeting: Meeting, moment: dt.datetime) -> str:
    """With the offset of the place."""
    return meeting.place_zone.local(moment).isoformat(timespec="seconds")


def _locations(meeting: Meeting, address: str) -> dict[str, Any] | list[dict[str, Any]]:
    place = {
        "@type": "Place",
        "name": meeting.place,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": ", ".join(meeting.address.splitlines()),
            "addressRegion": meeting.region.name,
            "addressCountry": "FR",
        },
    }
    remote = {"@type": "VirtualLocation", "url": address}
    if meeting.format == MeetingFormat.ON_SITE:
        return place
    return remote if meeting.format == MeetingFormat.REMOTE else [place, remote]


def _organiser(meeting: Meeting) -> dict[str, str]:
    organiser = {"@type": "Organization", "name": meeting.organiser}
    if meeting.contact_email:
        organiser["email"] = meeting.contact_email
    return organiser
