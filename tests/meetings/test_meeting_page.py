"""The page of one meeting: what it tells, and to whom it tells the link."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from meetings.calendars.structured import event_script
from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, MeetingsIndexPage
from meetings.services import meeting_cancel
from organisation.models import Region
from organisation.sessions import PERSON
from tests.organisation.factories import AccountFactory, PersonFactory
from training.enums import TrainableKind
from training.models import Trainable

from .factories import MeetingPageFactory, published, registration

DAY = dt.timedelta(days=1)
LINK = "https://visio.example/secret"
CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


def remote(calendar: MeetingsIndexPage, **facts: Any) -> Meeting:
    values = {"format": MeetingFormat.REMOTE, "remote_link": LINK, **facts}
    return published(parent=calendar, starts_at=timezone.now() + 9 * DAY, **values)


def read(client: Client, meeting: Meeting) -> str:
    assert meeting.page is not None
    return unescape(client.get(meeting.page.url).content.decode()).replace("\xa0", " ")


def test_link_is_not_for_visitors(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = remote(calendar)
    registration(meeting, CONFIRMED, account=AccountFactory())
    assert "secret" not in read(client, meeting)


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        (CONFIRMED, True),
        (WAITING, False),
        (RegistrationState.PENDING, False),
        (RegistrationState.CANCELLED, False),
        (None, False),
    ],
)
@pytest.mark.parametrize("way", ["account", "person of the account", "one-time code"])
def test_link_is_for_those_with_a_confirmed_registration(
    client: Client,
    calendar: MeetingsIndexPage,
    state: RegistrationState | None,
    is_told: bool,
    way: str,
) -> None:
    meeting, other = remote(calendar), remote(calendar)
    person = PersonFactory(user=None if way == "one-time code" else AccountFactory())
    who = {"account": person.user} if way == "account" else {"person": person}
    if state is not None:
        registration(meeting, state, **who)
    if way == "one-time code":
        session = client.session
        session[PERSON] = str(person.uid)
        session.save()
    else:
        client.force_login(person.user)
    assert ("secret" in read(client, meeting)) == is_told
    assert "secret" not in read(client, other)
    assert meeting.page is not None
    assert "no-store" in client.get(meeting.page.url)["Cache-Control"]


def test_link_leads_nowhere_once_the_meeting_is_off(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    meeting, user = remote(calendar), AccountFactory()
    registration(meeting, CONFIRMED, account=user)
    meeting_cancel(meeting=meeting, reason="Non.", actor=user, now=timezone.now())
    client.force_login(user)
    assert "secret" not in read(client, meeting)


def test_page_of_one_reader_is_not_that_of_the_next(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    """The routes of the site keep pages in memory: what is told to one stays with that request."""
    meeting, user = remote(calendar), AccountFactory()
    registration(meeting, CONFIRMED, account=user)
    client.force_login(user)
    assert "secret" in read(client, meeting)
    visitor = Client()
    assert "secret" not in read(visitor, meeting)
    assert meeting.page is not None
    assert "private" in visitor.get(meeting.page.url)["Cache-Control"]


def test_cancelled_meeting_says_why(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = published(parent=calendar, starts_at=timezone.now() + DAY)
    assert "Annulée" not in read(client, meeting)
    now, actor = timezone.now(), AccountFactory()
    meeting_cancel(meeting=meeting, reason="La salle est inondée.", actor=actor, now=now)
    html = read(client, meeting)
    assert "Annulée" in html
    assert "La salle est inondée." in html
    assert "Ajouter à mon agenda" not in html


def test_moved_meeting_says_from_when(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = published(
        parent=calendar, code="04", starts_at=dt.datetime(2099, 1, 13, 6, tzinfo=dt.UTC)
    )
    page = meeting.page
    assert page is not None
    assert "Date changée" not in read(client, meeting)
    page.place = "Ailleurs"
    page.save_revision().publish()
    assert "Date changée" not in read(client, meeting)
    page.starts_at += DAY
    page.ends_at += DAY
    page.save_revision().publish()
    html = read(client, meeting)
    assert "Date changée : annoncée auparavant pour le mardi 13 janvier 2099 à 10 h." in html
    meeting.refresh_from_db()
    assert "EventRescheduled" in event_script(meeting)
    assert '"previousStartDate": "2099-01-13T10:00:00+04:00"' in event_script(meeting)


def session(day: int | None, hour: int, title: str) -> tuple[str, dict[str, Any]]:
    value = {
        "day": dt.date(2099, 1, day) if day else None,
        "starts": dt.time(hour),
        "title": title,
        "speakers": [{"name": "Ada", "function": "RSSI"}],
    }
    return "session", value


def test_programme_of_several_days_stands_by_day(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    programme = [
        session(13, 9, "Un"),
        ("rich_text", "<p>Pause.</p>"),
        session(13, 10, "Deux"),
        session(14, 9, "Trois"),
    ]
    html = read(client, published(parent=calendar, programme=programme))
    found = re.findall(r"<(h[34]) class=\"tcv-[^\"]+\">([^<]+)<", html)
    assert found == [
        ("h3", "mardi 13 janvier 2099"),
        ("h4", "Un"),
        ("h4", "Deux"),
        ("h3", "mercredi 14 janvier 2099"),
        ("h4", "Trois"),
    ]
    assert html.index("Un<") < html.index("Pause.") < html.index("Deux<")


def test_programme_of_one_day_needs_no_day(client: Client, calendar: MeetingsIndexPage) -> None:
    html = read(client, published(parent=calendar, programme=[session(None, 9, "Un")]))
    assert '<h3 class="tcv-session__title">Un</h3>' in html
    assert "<strong>Ada</strong>, RSSI" in html


def test_page_tells_how_to_come_and_what_it_counts_for(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    counts = Trainable.objects.create(kind=TrainableKind.MEETING, title="Rencontre annuelle")
    html = read(
        client,
        published(
            parent=calendar,
            starts_at=timezone.now() + 9 * DAY,
            transport="Tram A, arrêt Hôpital",
            accessibility="Boucle magnétique",
            counts_for=counts,
            capacity=12,
            registration_closes_at=dt.datetime(2099, 1, 12, 17, tzinfo=dt.UTC),
            ends_at=dt.datetime(2099, 1, 13, tzinfo=dt.UTC),
        ),
    )
    for words in (
        "Tram A, arrêt Hôpital",
        "Boucle magnétique",
        "Rencontre annuelle",
        "12 places",
        "Inscription jusqu’au lundi 12 janvier 2099 à 18 h",
        "Ajouter à mon agenda",
    ):
        assert words in html


def test_materials_of_a_past_meeting(client: Client, calendar: MeetingsIndexPage) -> None:
    materials = [
        ("summary", "<p>Ce qui s’est dit.</p>"),
        ("link", {"title": "Le film", "url": "https://video.example/a"}),
    ]
    past = timezone.now() - 9 * DAY
    html = read(client, published(parent=calendar, starts_at=past, materials=materials))
    assert "sera publié prochainement" not in html
    assert "Ce qui s’est dit." in html
    assert 'href="https://video.example/a"' in html
    assert html.index("À retrouver") < html.index("En pratique")


def test_editors_preview_what_was_never_published(calendar: MeetingsIndexPage) -> None:
    page = MeetingPageFactory(parent=calendar, live=False, remote_link=LINK)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert page.title in response.rendered_content
    assert "secret" not in response.rendered_content
    assert calendar.make_preview_request().status_code == 200


def data_of(html: str) -> dict[str, Any]:
    (written,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data: dict[str, Any] = json.loads(written)
    return data


def test_search_engines_read_an_event(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = published(
        parent=calendar,
        code="04",
        starts_at=dt.datetime(2027, 6, 1, 5, tzinfo=dt.UTC),
        format=MeetingFormat.BOTH,
        remote_link=LINK,
        address="1, rue de l’Essai\n97400 Saint-Denis",
        contact_email="a@ars.example",
    )
    assert meeting.page is not None
    response = client.get(meeting.page.url)
    data = data_of(response.content.decode())
    assert data["@type"] == "Event"
    assert (data["startDate"], data["endDate"]) == (
        "2027-06-01T09:00:00+04:00",
        "2027-06-01T12:00:00+04:00",
    )
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    place, virtual = data["location"]
    assert place["address"]["streetAddress"] == "1, rue de l’Essai, 97400 Saint-Denis"
    assert virtual["@type"] == "VirtualLocation"
    assert virtual["url"].endswith(meeting.page.url)
    assert data["organizer"]["email"] == "a@ars.example"


def test_search_engines_learn_of_cancelling(calendar: MeetingsIndexPage) -> None:
    meeting = published(parent=calendar, starts_at=timezone.now() + DAY)
    meeting_cancel(meeting=meeting, reason="Non.", actor=AccountFactory(), now=timezone.now())
    meeting.refresh_from_db()
    assert data_of(event_script(meeting))["eventStatus"] == "https://schema.org/EventCancelled"


@given(st.text() | st.just("</script><script>alert(1)</script><!--"))
def test_no_title_ends_the_data(title: str) -> None:
    at = dt.datetime(2027, 3, 9, 8, tzinfo=dt.UTC)
    meeting = Meeting(
        title=title,
        region=Region(code="53", name="Bretagne"),
        starts_at=at,
        ends_at=at,
        format=MeetingFormat.ON_SITE,
        place=title,
        organiser=title,
    )
    script = event_script(meeting)
    assert script.count("<") == script.count(">") == 2
    assert data_of(script).get("name", "") == title


def test_page_makes_the_same_queries_for_twice_the_registrations(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    meeting, user = remote(calendar, capacity=50), AccountFactory()
    registration(meeting, CONFIRMED, account=user)
    client.force_login(user)

    def queries() -> int:
        for _time in range(3):  # until the frame of the site is kept
            read(client, meeting)
        with CaptureQueriesContext(connection) as captured:
            read(client, meeting)
        return len(captured)

    before = queries()
    for number in range(9):
        registration(meeting, CONFIRMED, email=f"{number}@demo.test")
        registration(remote(calendar), CONFIRMED, account=user)
    assert queries() == before
