"""Calendar files over HTTP: what each holds, who gets it, and what is kept from caches."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from meetings.calendars.feeds import feed_make, feed_replace, feed_token
from meetings.calendars.files import calendar_of
from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import CalendarFeed, Meeting, MeetingsIndexPage
from meetings.services import meeting_cancel
from organisation.models import Person
from tests.meetings.factories import published, registration
from tests.organisation.factories import AccountFactory
from users.models import User

NOW = timezone.now()
DAY = dt.timedelta(days=1)
LINK = "https://visio.example/secret"
CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


def soon(calendar: MeetingsIndexPage, days: int = 9, **facts: Any) -> Meeting:
    return published(parent=calendar, starts_at=NOW + days * DAY, **facts)


def events(response: Any) -> dict[str, icalendar.Event]:
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    read = icalendar.Calendar.from_ical(response.content)
    return {str(event["SUMMARY"]): event for event in read.events}


@pytest.fixture
def owner(db: None) -> User:
    user: User = AccountFactory()
    return user


def own_address(owner: User) -> str:
    return reverse("meetings:own_ics", args=[feed_token(feed_make(account=owner, now=NOW))])


def test_feed_holds_twelve_months_and_everything_to_come(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    for days in (-400, -300, 3, 900):
        soon(calendar, days, title=str(days))
    assert list(events(client.get("/agenda/rencontres.ics"))) == ["-300", "3", "900"]


def test_feed_of_a_region(client: Client, calendar: MeetingsIndexPage) -> None:
    soon(calendar, code="53", title="b")
    soon(calendar, code="04", title="r")
    response = client.get("/agenda/region-04.ics")
    assert list(events(response)) == ["r"]
    assert "La Réunion" in icalendar.Calendar.from_ical(response.content)["X-WR-CALNAME"]
    assert client.get("/agenda/region-77.ics").status_code == 404


def test_subscribers_learn_of_a_change_and_of_cancelling(
    client: Client, calendar: MeetingsIndexPage, owner: User
) -> None:
    meeting = soon(calendar, title="a")
    (before,) = events(client.get("/agenda/rencontres.ics")).values()
    page = meeting.page
    assert page is not None
    page.starts_at += 2 * DAY
    page.ends_at += 2 * DAY
    page.save_revision().publish()
    (after,) = events(client.get("/agenda/rencontres.ics")).values()
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTART"].dt == before["DTSTART"].dt + 2 * DAY
    meeting_cancel(meeting=meeting, reason="Plus de salle.", actor=owner, now=timezone.now())
    (off,) = events(client.get("/agenda/rencontres.ics")).values()
    assert (off["UID"], off["STATUS"]) == (before["UID"], "CANCELLED")
    assert off["SEQUENCE"] > after["SEQUENCE"]


def test_withdrawn_meeting_stays_in_feeds_as_cancelled(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    meeting = soon(calendar)
    assert meeting.page is not None
    meeting.page.delete()
    for address in ("/agenda/rencontres.ics", reverse("meetings:meeting_ics", args=[meeting.uid])):
        (event,) = events(client.get(address)).values()
        assert event["STATUS"] == "CANCELLED"


def test_public_files_hold_no_link(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = soon(calendar, format=MeetingFormat.REMOTE, remote_link=LINK)
    for address in (
        "/agenda/rencontres.ics",
        "/agenda/region-53.ics",
        reverse("meetings:meeting_ics", args=[meeting.uid]),
    ):
        assert b"secret" not in client.get(address).content.replace(b"\r\n ", b"")


def test_meeting_for_some_readers_is_in_no_public_file(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    meeting = soon(calendar)
    PageViewRestriction.objects.create(page=meeting.page, restriction_type="login")
    assert events(client.get("/agenda/rencontres.ics")) == {}
    address = reverse("meetings:meeting_ics", args=[meeting.uid])
    assert client.get(address).status_code == 404
    assert client.get(reverse("meetings:meeting_ics", args=[uuid.uuid4()])).status_code == 404


def test_reader_who_has_it_gets_it_not_again(client: Client, calendar: MeetingsIndexPage) -> None:
    soon(calendar)
    first = client.get("/agenda/rencontres.ics")
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        again = client.get("/agenda/rencontres.ics", headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    assert "public" in first["Cache-Control"]
    soon(calendar, 12)
    headers = {"if-none-match": first["ETag"]}
    assert client.get("/agenda/rencontres.ics", headers=headers).status_code == 200


def test_feed_is_written_once_until_something_changes(
    client: Client, calendar: MeetingsIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def write(entries: Any, **facts: Any) -> bytes:
        written.append(len(entries))
        return calendar_of(entries, **facts)

    monkeypatch.setattr("meetings.calendars.views.calendar_of", write)
    for _again in range(2):
        soon(calendar, code="53")
        for address in 3 * ["/agenda/rencontres.ics"] + ["/agenda/region-53.ics"]:
            client.get(address)
    assert written == [1, 1, 2, 2]


def test_own_feed_holds_the_confirmed_with_their_link_and_those_in_line_without(
    client: Client, calendar: MeetingsIndexPage, owner: User
) -> None:
    remote: dict[str, Any] = {"format": MeetingFormat.REMOTE, "remote_link": LINK}
    seat, line = (soon(calendar, title=title, **remote) for title in ("seat", "line"))
    soon(calendar, title="others")
    registration(seat, CONFIRMED, account=owner)
    registration(line, WAITING, person=Person.objects.create(user=owner))
    registration(soon(calendar, title="left"), RegistrationState.CANCELLED, account=owner)
    registration(soon(calendar, title="theirs"), CONFIRMED, account=AccountFactory())
    found = events(client.get(own_address(owner)))
    assert [title.rpartition(" ")[2] for title in found] == ["seat", "line"]
    confirmed, waiting = found.values()
    assert (confirmed["STATUS"], confirmed["CONFERENCE"]) == ("CONFIRMED", LINK)
    assert waiting["STATUS"] == "TENTATIVE"
    assert "secret" not in waiting.to_ical().decode().replace("\r\n ", "")


def test_meeting_stands_once_in_the_own_feed(
    client: Client, calendar: MeetingsIndexPage, owner: User
) -> None:
    meeting = soon(calendar)
    registration(meeting, CONFIRMED, account=owner, email="a@demo.test")
    registration(meeting, WAITING, person=Person.objects.create(user=owner), email="b@demo.test")
    (event,) = icalendar.Calendar.from_ical(client.get(own_address(owner)).content).events
    assert event["STATUS"] == "CONFIRMED"


def test_own_feed_is_for_its_reader_alone(client: Client, owner: User) -> None:
    response = client.get(own_address(owner))
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert not response.cookies


def test_own_feed_says_that_a_registration_left_it(
    client: Client, calendar: MeetingsIndexPage, owner: User
) -> None:
    mine = registration(soon(calendar), CONFIRMED, account=owner)
    address = own_address(owner)
    first = client.get(address)
    mine.state, mine.cancelled_at = RegistrationState.CANCELLED, timezone.now() + 2 * DAY
    mine.save()
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": first["Last-Modified"]},
    ):
        assert events(client.get(address, headers=headers)) == {}


def test_wrong_private_addresses_lead_nowhere(client: Client, owner: User) -> None:
    right = own_address(owner)
    uid, _dot, signature = right.removeprefix("/agenda/prive/").removesuffix(".ics").partition(".")
    other = uuid.uuid4().hex
    for token in ("x", uid, f"{other}.{signature}", f"{uid}.{signature}x", f"{signature}.{uid}"):
        assert client.get(f"/agenda/prive/{token}.ics").status_code == 404, token
    feed_replace(account=owner, now=NOW)
    assert client.get(right).status_code == 404
    assert client.get(own_address(owner)).status_code == 200
    owner.is_active = False
    owner.save()
    assert client.get(own_address(owner)).status_code == 404


def test_private_address_is_made_and_replaced_after_a_question(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert "Créer mon adresse privée" in client.get("/agenda/abonnements/").content.decode()
    client.post(reverse("meetings:feed_create"))
    client.post(reverse("meetings:feed_create"))
    (feed,) = CalendarFeed.objects.all()
    page = client.get("/agenda/abonnements/")
    assert feed_token(feed) in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "Remplacer votre adresse" in client.get(reverse("meetings:feed_revoke")).content.decode()
    assert CalendarFeed.objects.get().uid == feed.uid
    client.post(reverse("meetings:feed_revoke"))
    assert CalendarFeed.objects.get().uid != feed.uid


def test_replacing_an_address_that_is_not_there_makes_none(client: Client, owner: User) -> None:
    client.force_login(owner)
    assert client.get(reverse("meetings:feed_revoke")).status_code == 302
    client.post(reverse("meetings:feed_revoke"))
    assert not CalendarFeed.objects.exists()


def test_addresses_to_subscribe_to_are_whole(client: Client, settings: Any, db: None) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://vigilant.example"
    html = client.get("/agenda/abonnements/", {"region": "04"}).content.decode()
    assert 'value="https://vigilant.example/agenda/region-04.ics"' in html
    assert 'href="webcal://vigilant.example/agenda/rencontres.ics"' in html
    assert "prive/" not in html


@pytest.mark.parametrize("kind", ["all", "own"])
def test_feeds_make_the_same_queries_for_twice_the_meetings(
    client: Client, calendar: MeetingsIndexPage, owner: User, kind: str
) -> None:
    address = own_address(owner) if kind == "own" else "/agenda/rencontres.ics"

    def queries() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    def more() -> None:
        for code in ("53", "04"):
            registration(soon(calendar, code=code), CONFIRMED, account=owner)

    more()
    before = queries()
    more()
    assert queries() == before
