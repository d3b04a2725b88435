"""Calendar files (RFC 5545) of meetings, as plain functions: no request, no clock.

The uid of an entry is `<uid of the meeting>@<host of the fixed setting>`, the same in every file
and for ever; `SEQUENCE` rises with the facts. The connection link stands only where the reader's
own registration is confirmed.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from icalendar import Calendar, Conference, Event, vCalAddress, vText

from lrs.identifiers import home_page
from meetings.calendars.zones import timezone_of
from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from notifications.links import site_url

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Tous cyber vigilant//Rencontres//FR"
REFRESH = dt.timedelta(hours=4)
NBSP = "\N{NO-BREAK SPACE}"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# What may not stand in a text (RFC 5545 3.1), and halves of pairs, which UTF-8 cannot say.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A meeting as it stands in a calendar: everybody's, or somebody's own."""

    meeting: Meeting
    """With its region, and its page if there is one."""
    state: RegistrationState | None = None
    """Of the reader's own registration; None in a public file."""
    registered_at: dt.datetime | None = None
    """When that last changed."""
    is_free: bool = False
    """Whether the reader's time stays free: so in feeds of what there is to choose from."""

    @property
    def changed_at(self) -> dt.datetime:
        return max(filter(None, [self.meeting.changed_at, self.registered_at]))

    @property
    def status(self) -> str:
        if not self.meeting.is_held or self.state == RegistrationState.CANCELLED:
            return "CANCELLED"
        if self.state in (RegistrationState.WAITING, RegistrationState.PENDING):
            return "TENTATIVE"
        return "CONFIRMED"

    @property
    def remote_link(self) -> str:
        """The connection link, if this reader may have it."""
        is_seated = self.meeting.is_held and self.state == RegistrationState.CONFIRMED
        return self.meeting.remote_link if is_seated else ""


def entry_of(registration: Registration) -> CalendarEntry:
    """The meeting as who registered for it sees it. Reads its `meeting`, `region` and `page`."""
    return CalendarEntry(
        registration.meeting,
        RegistrationState(registration.state),
        registration_changed_at(registration),
    )


def registration_changed_at(registration: Registration) -> dt.datetime:
    moments = (
        registration.created_at,
        registration.confirmed_at,
        registration.waiting_since,
        registration.cancelled_at,
    )
    return max(filter(None, moments))


def meeting_calendar(meeting: Meeting) -> bytes:
    """The public file of one meeting."""
    return calendar_of([CalendarEntry(meeting)])


def calendar_of(entries: Sequence[CalendarEntry], *, name: str = "", address: str = "") -> bytes:
    """A file with these entries. With a `name` it is a feed, which clients ask for again at
    `address`. The same entries always give the same bytes."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    if name:
        _feed(calendar, name, address)
    zones = {entry.meeting.place_zone.zone for entry in entries}
    for zone in sorted(zones, key=lambda one: one.key):
        calendar.add_component(timezone_of(zone))
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def event_uid(uid: uuid.UUID) -> str:
    """Unique in the world and stable for life: from the fixed setting, never from a request."""
    return f"{uid}@{urlsplit(home_page()).hostname}"


def page_address(meeting: Meeting) -> str:
    """The public page with its host; nothing where there is none."""
    page = meeting.page
    path = page.url if page is not None and page.live else None
    return site_url(urlsplit(path).path) if path else ""


def _feed(calendar: Calendar, name: str, address: str) -> None:
    calendar.add("NAME", _text(name))
    calendar.add("X-WR-CALNAME", _text(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", f"PT{REFRESH // dt.timedelta(hours=1)}H")
    if address:
        calendar.add("SOURCE", address, parameters={"VALUE": "URI"})


def _event(entry: CalendarEntry) -> Event:
    meeting = entry.meeting
    event = Event()
    event.add("UID", event_uid(meeting.uid))
    event.add("DTSTAMP", entry.changed_at.astimezone(dt.UTC))
    event.add("LAST-MODIFIED", entry.changed_at.astimezone(dt.UTC))
    event.add("SEQUENCE", meeting.sequence)
    event.add("DTSTART", meeting.local_start)
    event.add("DTEND", meeting.local_end)
    event.add("STATUS", entry.status)
    event.add("SUMMARY", _text(_summary(entry)))
    event.add("LOCATION", _text(_location(meeting)))
    event.add("DESCRIPTION", _text(_description(entry)))
    event.add("CATEGORIES", [_text(meeting.region.name), str(meeting.get_format_display())])
    event.add("TRANSP", "TRANSPARENT" if entry.is_free else "OPAQUE")
    if address := page_address(meeting):
        event.add("URL", address)
    if meeting.contact_email:
        event.add("ORGANIZER", _organiser(meeting))
    if entry.remote_link:
        conference = Conference(entry.remote_link, feature="VIDEO", label=str(_("Rejoindre")))
        event.conferences = [conference]
    return event


def _summary(entry: CalendarEntry) -> str:
    """Many clients show neither status nor sign: the title says it too."""
    if entry.status == "CANCELLED":
        return f"{_('Annulée')}{NBSP}: {entry.meeting.title}"
    if entry.status == "TENTATIVE":
        return f"{_('À confirmer')}{NBSP}: {entry.meeting.title}"
    return entry.meeting.title


def _location(meeting: Meeting) -> str:
    address = [line.strip() for line in meeting.address.splitlines() if line.strip()]
    parts = [part for part in (meeting.place, *address) if part]
    if meeting.format != MeetingFormat.ON_SITE:
        parts.append(str(_("à distance")) if parts else str(_("À distance")))
    return ", ".join(parts)


def _description(entry: CalendarEntry) -> str:
    meeting = entry.meeting
    organised = _("Organisation : %(name)s") % {"name": meeting.organiser}
    parts = [*_news(entry), meeting.summary, organised, _connection(entry), page_address(meeting)]
    return "\n\n".join(part for part in parts if part)


def _news(entry: CalendarEntry) -> list[str]:
    meeting, news = entry.meeting, []
    if meeting.cancelled_at is not None:
        words = _("Cette rencontre n’aura pas lieu : %(reason)s")
        news.append(words % {"reason": meeting.cancel_reason})
    elif meeting.withdrawn_at is not None:
        news.append(_("Cette rencontre a été retirée de l’agenda."))
    elif entry.state == RegistrationState.CANCELLED:
        news.append(_("Votre inscription est annulée."))
    elif entry.state == RegistrationState.WAITING:
        news.append(_("Vous êtes sur la liste d’attente."))
    elif entry.state == RegistrationState.PENDING:
        news.append(_("Votre inscription n’est pas encore confirmée."))
    return news


def _connection(entry: CalendarEntry) -> str:
    if entry.remote_link:
        return _("Lien de connexion : %(link)s") % {"link": entry.remote_link}
    if entry.meeting.is_held and entry.meeting.format != MeetingFormat.ON_SITE:
        return _("Le lien de connexion est donné aux inscrits.")
    return ""


def _organiser(meeting: Meeting) -> vCalAddress:
    address = vCalAddress("mailto:" + quote(meeting.contact_email, safe="@+!#$&'*=?^_`{|}~"))
    # A quoted parameter can say no double quote (RFC 5545 3.2).
    address.params["CN"] = _line(meeting.organiser).replace('"', "’")
    return address


def _text(value: str) -> vText:
    """A text of others, which can never begin a line of the file."""
    return vText(_FORBIDDEN.sub("", _BREAKS.sub("\n", value)))


def _line(value: str) -> str:
    return " ".join(_text(value).split())
