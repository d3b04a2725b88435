"""The feed of meetings, read by four libraries that others wrote: two for Python, two for node.

Each is given the same feed three times: as it was announced, after the meeting was moved, and after
it was called off. What each says must be what a person would see in her calendar.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Callable
from typing import Any

import icalendar
import pytest
import vobject
from django.test import Client as Browser
from django.utils import timezone
from wagtail.models import Site

from lrs.identifiers import home_page
from meetings.models import Meeting, MeetingsIndexPage
from meetings.services import meeting_cancel
from tests.meetings.factories import MeetingsIndexPageFactory, published
from tests.organisation.factories import AccountFactory

from .clients import FOLDER, TIME_LIMIT

pytestmark = pytest.mark.clients

if "XAPI_CLIENTS" not in os.environ:
    pytest.skip("run by make test-clients, which installs the clients", allow_module_level=True)

TITLE = "Gestes, réflexes\\; «\N{NO-BREAK SPACE}tout\N{NO-BREAK SPACE}» : 👩🏽‍⚕️ " + "long " * 30
PLACE = "Salle A, 2e; couloir \\ gauche"
SUMMARY = "Première ligne.\r\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Faux"
# 30 March 2027, after the clocks of Paris went forward: 9.30 in Paris; 11.30 in La Réunion.
STARTS = dt.datetime(2027, 3, 30, 7, 30, tzinfo=dt.UTC)
# Moved before it: 23 March 2027, still winter in Paris.
MOVED = dt.datetime(2027, 3, 23, 7, 30, tzinfo=dt.UTC)
LENGTH = dt.timedelta(hours=3)
ZONES = {"53": "Europe/Paris", "04": "Indian/Reunion"}

Event = dict[str, Any]
Reader = Callable[[list[str]], list[list[Event]]]


def by_icalendar(calendars: list[str]) -> list[list[Event]]:
    def event(read: icalendar.Event) -> Event:
        start, end = (read[name].dt for name in ("DTSTART", "DTEND"))
        return {
            "uid": str(read["UID"]),
            "sequence": int(read["SEQUENCE"]),
            "start": instant(start),
            "end": instant(end),
            "zone": str(start.tzinfo),
            "status": str(read["STATUS"]),
            "summary": str(read["SUMMARY"]),
            "location": str(read["LOCATION"]),
            "description": str(read["DESCRIPTION"]),
        }

    return [[event(one) for one in icalendar.Calendar.from_ical(text).events] for text in calendars]


def by_vobject(calendars: list[str]) -> list[list[Event]]:
    def event(read: Any) -> Event:
        return {
            "uid": read.uid.value,
            "sequence": int(read.sequence.value),
            "start": instant(read.dtstart.value),
            "end": instant(read.dtend.value),
            "zone": read.dtstart.params["X-VOBJ-ORIGINAL-TZID"][0],
            "status": read.status.value,
            "summary": read.summary.value,
            "location": read.location.value,
            "description": read.description.value,
        }

    return [
        [event(one) for one in getattr(vobject.readOne(text), "vevent_list", [])]
        for text in calendars
    ]


def by_node(driver: str) -> Reader:
    def read(calendars: list[str]) -> list[list[Event]]:
        done = subprocess.run(
            ["node", str(FOLDER / "drivers" / driver)],
            input=json.dumps({"calendars": calendars}),
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
            # A machine elsewhere: what depends on its own zone is wrong here.
            env={**os.environ, "TZ": "America/New_York"},
        )
        assert done.returncode == 0, done.stderr
        found: list[list[Event]] = json.loads(done.stdout)["calendars"]
        for event in (one for calendar in found for one in calendar):
            event["start"] = instant(dt.datetime.fromisoformat(event["start"]))
            event["end"] = instant(dt.datetime.fromisoformat(event["end"]))
        return found

    return read


def instant(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC)


READERS: dict[str, Reader] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ical.js": by_node("ical_js.js"),
    "node-ical": by_node("node_ical.js"),
}


@pytest.fixture
def index(db: None) -> MeetingsIndexPage:
    root = Site.objects.get(is_default_site=True).root_page
    index: MeetingsIndexPage = MeetingsIndexPageFactory(parent=root)
    return index


def announced(index: MeetingsIndexPage, code: str) -> Meeting:
    return published(
        parent=index,
        title=TITLE,
        summary=SUMMARY,
        place=PLACE,
        code=code,
        starts_at=STARTS,
        ends_at=STARTS + LENGTH,
        contact_email="contact@ars.example",
        organiser='ARS "Ouest"; et: voisins',
    )


def feed() -> str:
    response = Browser().get("/agenda/rencontres.ics")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("code", ZONES)
def test_change_and_cancelling_are_read_as_such(
    index: MeetingsIndexPage, reader: str, code: str
) -> None:
    meeting = announced(index, code)
    feeds = [feed()]
    page = meeting.page
    assert page is not None
    page.starts_at, page.ends_at = MOVED, MOVED + LENGTH
    page.save_revision().publish()
    feeds.append(feed())
    now, actor = timezone.now(), AccountFactory()
    meeting_cancel(meeting=meeting, reason="Plus de salle.", actor=actor, now=min(now, MOVED))
    feeds.append(feed())

    calendars = READERS[reader](feeds)
    assert [len(calendar) for calendar in calendars] == [1, 1, 1]
    first, moved, off = (calendar[0] for calendar in calendars)
    host = home_page().partition("://")[2]
    assert first["uid"] == moved["uid"] == off["uid"] == f"{meeting.uid}@{host}"
    assert first["sequence"] < moved["sequence"] < off["sequence"]
    assert (first["start"], first["end"]) == (STARTS, STARTS + LENGTH)
    assert (moved["start"], moved["end"]) == (MOVED, MOVED + LENGTH)
    assert {one["zone"] for one in (first, moved, off)} == {ZONES[code]}
    assert [one["status"] for one in (first, moved, off)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert off["summary"].startswith("Annulée")
    assert "Plus de salle." in off["description"]


@pytest.mark.parametrize("reader", READERS)
def test_texts_come_back_word_for_word(index: MeetingsIndexPage, reader: str) -> None:
    announced(index, "53")
    ((event,),) = READERS[reader]([feed()])
    assert event["summary"].strip() == TITLE.strip()
    assert event["location"] == PLACE
    lines = [line.strip() for line in event["description"].splitlines()]
    assert lines[:4] == ["Première ligne.", "END:VEVENT", "BEGIN:VEVENT", "SUMMARY:Faux"]


@pytest.mark.parametrize("reader", READERS)
def test_empty_feed_is_a_calendar(db: None, reader: str) -> None:
    assert READERS[reader]([feed()]) == [[]]


@pytest.mark.parametrize("reader", READERS)
def test_many_regions_in_one_feed(index: MeetingsIndexPage, reader: str) -> None:
    meetings = [
        published(parent=index, code=code, starts_at=STARTS)
        for code in ("01", "02", "03", "04", "06", "53")
    ]
    (events,) = READERS[reader]([feed()])
    assert len(events) == len(meetings)
    assert {event["start"] for event in events} == {STARTS}
