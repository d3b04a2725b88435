"""What stands in a calendar file, read back by parsers that others wrote."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from meetings.calendars.files import CalendarEntry, calendar_of, entry_of, meeting_calendar
from meetings.calendars.zones import timezone_of
from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, MeetingsIndexPage
from meetings.zones import OVERSEAS, PARIS
from organisation.models import Region
from tests.meetings.factories import published, registration
from users.models import User

LINK = "https://visio.example/rencontre-secrete"
AT = dt.datetime(2027, 3, 1, 8, tzinfo=dt.UTC)


def meeting(**facts: Any) -> Meeting:
    """A record that no table holds."""
    values: dict[str, Any] = {
        "uid": "8a2f3c1e-0000-4000-8000-000000000001",
        "title": "Signaler sans crainte",
        "region": Region(code=facts.pop("code", "53"), name="Bretagne"),
        "starts_at": dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2027, 3, 9, 15, tzinfo=dt.UTC),
        "format": MeetingFormat.ON_SITE,
        "organiser": "ARS Bretagne",
        "published_at": AT,
        "changed_at": AT,
        **facts,
    }
    return Meeting(**values)


def the_event(content: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(content).events
    return event


def test_entry_names_the_meeting_for_the_whole_world(settings: Any) -> None:
    settings.XAPI_BASE_IRI = "https://vigilant.sante.example/base"
    event = the_event(meeting_calendar(meeting(sequence=4)))
    assert event["UID"] == "8a2f3c1e-0000-4000-8000-000000000001@vigilant.sante.example"
    assert event["SEQUENCE"] == 4
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == AT


@pytest.mark.parametrize(
    ("code", "zone", "start"),
    [
        ("53", "Europe/Paris", "20270309T093000"),
        ("04", "Indian/Reunion", "20270309T123000"),
        ("01", "America/Guadeloupe", "20270309T043000"),
        ("02", "America/Martinique", "20270309T043000"),
        ("03", "America/Cayenne", "20270309T053000"),
        ("06", "Indian/Mayotte", "20270309T113000"),
    ],
)
def test_times_are_on_the_clocks_of_the_place_and_say_which(
    code: str, zone: str, start: str
) -> None:
    content = meeting_calendar(meeting(code=code)).decode()
    assert f"DTSTART;TZID={zone}:{start}\r\n" in content
    assert f"BEGIN:VTIMEZONE\r\nTZID:{zone}\r\n" in content
    read = vobject.readOne(content).vevent
    assert read.dtstart.value == dt.datetime(2027, 3, 9, 8, 30, tzinfo=dt.UTC)
    assert read.dtend.value == dt.datetime(2027, 3, 9, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("place", [PARIS, *OVERSEAS.values()], ids=lambda one: one.zone.key)
def test_zones_are_as_the_zone_database_has_them(place: Any) -> None:
    """Each hour around both changes of several years, and each day between."""
    written = timezone_of(place.zone).to_tz(lookup_tzid=False)
    for year in (2026, 2027, 2031):
        for month, day in ((1, 15), (3, 27), (3, 28), (3, 29), (7, 1), (10, 24), (10, 31)):
            for hour in range(24):
                clock = dt.datetime(year, month, day, hour, 30)
                local = clock.replace(tzinfo=place.zone)
                if local.astimezone(dt.UTC).astimezone(place.zone).replace(tzinfo=None) != clock:
                    continue  # the hour that is not there
                if local.utcoffset() != local.replace(fold=1).utcoffset():
                    continue  # the hour that is there twice
                assert clock.replace(tzinfo=written).utcoffset() == local.utcoffset(), clock


def test_cancelled_and_withdrawn_meetings_are_said_to_be_off() -> None:
    called_off = meeting(cancelled_at=AT, cancel_reason="Grève des trains.")
    event = the_event(meeting_calendar(called_off))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"].startswith("Annulée")
    assert "Grève des trains." in event["DESCRIPTION"]
    assert the_event(meeting_calendar(meeting(withdrawn_at=AT)))["STATUS"] == "CANCELLED"


REMOTE: dict[str, Any] = {"format": MeetingFormat.BOTH, "place": "Salle 3", "remote_link": LINK}


@pytest.mark.parametrize(
    "state",
    [
        None,
        RegistrationState.PENDING,
        RegistrationState.WAITING,
        RegistrationState.CANCELLED,
    ],
)
def test_link_is_for_nobody_but_the_confirmed(state: RegistrationState | None) -> None:
    content = calendar_of([CalendarEntry(meeting(**REMOTE), state)])
    assert b"secrete" not in content.replace(b"\r\n ", b"")
    event = the_event(content)
    assert event["LOCATION"] == "Salle 3, à distance"


def test_link_is_for_the_confirmed_while_the_meeting_is_on() -> None:
    event = the_event(calendar_of([CalendarEntry(meeting(**REMOTE), RegistrationState.CONFIRMED)]))
    assert event["CONFERENCE"] == LINK
    assert LINK in event["DESCRIPTION"]
    off = meeting(**REMOTE, cancelled_at=AT, cancel_reason="Non.")
    content = calendar_of([CalendarEntry(off, RegistrationState.CONFIRMED)])
    assert b"secrete" not in content.replace(b"\r\n ", b"")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (None, "CONFIRMED"),
        (RegistrationState.CONFIRMED, "CONFIRMED"),
        (RegistrationState.WAITING, "TENTATIVE"),
        (RegistrationState.PENDING, "TENTATIVE"),
        (RegistrationState.CANCELLED, "CANCELLED"),
    ],
)
def test_status_follows_the_registration(state: RegistrationState | None, status: str) -> None:
    assert the_event(calendar_of([CalendarEntry(meeting(), state)]))["STATUS"] == status


def test_own_entry_changes_with_the_registration(
    calendar: MeetingsIndexPage, django_user_model: type[User]
) -> None:
    user = django_user_model.objects.create(email="a@demo.test")
    record = published(parent=calendar)
    at = record.changed_at + dt.timedelta(days=400)
    waits = registration(record, RegistrationState.WAITING, account=user, waiting_since=at)
    assert the_event(calendar_of([entry_of(waits)]))["DTSTAMP"].dt == at.replace(microsecond=0)


def test_entry_leads_to_the_public_page_and_its_contact(calendar: MeetingsIndexPage) -> None:
    record = published(
        parent=calendar, slug="rennes", contact_email="a@ars.example", organiser='ARS "Ouest"; x:y'
    )
    event = the_event(meeting_calendar(record))
    assert str(event["URL"]).endswith("/rencontres/rennes/")
    assert event["ORGANIZER"] == "mailto:a@ars.example"
    assert event["ORGANIZER"].params["CN"] == "ARS ’Ouest’; x:y"
    record.page.unpublish()
    record.refresh_from_db()
    assert "URL" not in the_event(meeting_calendar(record))


def test_feed_has_a_name_and_says_when_to_come_again() -> None:
    content = calendar_of([], name="Mes rencontres", address="https://x.example/a.ics").decode()
    for line in (
        "X-WR-CALNAME:Mes rencontres",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "SOURCE;VALUE=URI:https://x.example/a.ics",
    ):
        assert f"{line}\r\n" in content


def test_feed_leaves_the_time_of_its_readers_free_and_a_file_does_not() -> None:
    assert the_event(meeting_calendar(meeting()))["TRANSP"] == "OPAQUE"
    entry = CalendarEntry(meeting(), is_free=True)
    assert the_event(calendar_of([entry]))["TRANSP"] == "TRANSPARENT"


HOSTILE = (
    "Une ligne\r\nATTENDEE:mailto:x@y.z\nEND:VEVENT\rBEGIN:VEVENT\x0b\x0c\x85\u2028\u2029fin",
    'a, b; c\\ d: «e» "f"',
    "👩🏽‍⚕️ " * 40,
)
words = st.text(min_size=1) | st.sampled_from(HOSTILE)


def said(text: str) -> str:
    """Texts compared by their words: line breaks are spaces here, what cannot be written is not
    there, and the library reads «\\N» as «\\n»."""
    kept = "".join(c if c.isprintable() or c.isspace() or ord(c) > 0xFFF else "" for c in text)
    return "".join(kept.replace("\\N", "\\n").split())


@given(title=words, summary=words, place=words, organiser=words, name=words)
def test_no_text_of_others_begins_a_line(
    title: str, summary: str, place: str, organiser: str, name: str
) -> None:
    record = meeting(
        title=title, summary=summary, place=place, organiser=organiser, contact_email="a@b.fr"
    )
    content = calendar_of([CalendarEntry(record)], name=name)
    text = content.decode()
    lines = text.replace("\r\n ", "").split("\r\n")
    names = {line.partition(":")[0].partition(";")[0] for line in lines if line}
    assert names <= {
        *("BEGIN", "END", "PRODID", "VERSION", "CALSCALE", "NAME", "X-WR-CALNAME"),
        *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"),
        *("DTSTART", "DTEND", "DTSTAMP", "RRULE", "UID", "LAST-MODIFIED", "SEQUENCE", "STATUS"),
        *("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "TRANSP", "ORGANIZER"),
    }
    assert text.splitlines() == text.split("\r\n")[:-1]
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for read in (the_event(content)["SUMMARY"], vobject.readOne(text).vevent.summary.value):
        assert said(read) == said(title)
    assert said(the_event(content)["LOCATION"]) == said(place)


def test_bytes_are_the_same_for_the_same_entries() -> None:
    assert meeting_calendar(meeting()) == meeting_calendar(meeting())


def test_meeting_across_the_change_of_clocks_keeps_its_length() -> None:
    """Paris, 27 March 2027 22:00 (UTC+1) to 28 March 09:00 (UTC+2): ten hours."""
    night = meeting(
        starts_at=dt.datetime(2027, 3, 27, 21, tzinfo=dt.UTC),
        ends_at=dt.datetime(2027, 3, 28, 7, tzinfo=dt.UTC),
    )
    content = meeting_calendar(night).decode()
    assert "DTSTART;TZID=Europe/Paris:20270327T220000\r\n" in content
    assert "DTEND;TZID=Europe/Paris:20270328T090000\r\n" in content
    read = vobject.readOne(content).vevent
    assert read.dtend.value - read.dtstart.value.astimezone(ZoneInfo("UTC")) == dt.timedelta(
        hours=10
    )
