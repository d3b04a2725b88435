from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from meetings.models import MeetingPage, MeetingsIndexPage
from starter.sample.meetings import sample_meetings_load

from .factories import MeetingPageFactory

DAY = dt.timedelta(days=1)


def listed(client: Client, calendar: MeetingsIndexPage, **query: str) -> list[str]:
    response = client.get(calendar.url, query)
    assert response.status_code == 200
    return [meeting.title for meeting in response.context["page_obj"]]


@pytest.fixture
def four(calendar: MeetingsIndexPage) -> MeetingsIndexPage:
    now = timezone.now()
    for title, code, days in (("b", "53", 5), ("a", "11", 2), ("c", "53", -5), ("d", "11", -2)):
        MeetingPageFactory(parent=calendar, title=title, code=code, starts_at=now + days * DAY)
    MeetingPageFactory(parent=calendar, starts_at=now + DAY, live=False)
    return calendar


def test_calendar_lists_what_comes_by_date_and_the_past_apart(
    client: Client, four: MeetingsIndexPage
) -> None:
    assert listed(client, four) == ["a", "b"]
    assert listed(client, four, quand="passees") == ["d", "c"]


def test_calendar_filters_by_region(client: Client, four: MeetingsIndexPage) -> None:
    assert listed(client, four, region="53") == ["b"]
    assert listed(client, four, region="53", quand="passees") == ["c"]


@pytest.mark.parametrize("query", [{"region": "999"}, {"quand": "hier"}, {"page": "x"}])
def test_calendar_bears_an_address_typed_wrong(
    client: Client, four: MeetingsIndexPage, query: dict[str, str]
) -> None:
    assert listed(client, four, **query) == ["a", "b"]


def test_empty_calendar_shows_the_ways_out(client: Client, four: MeetingsIndexPage) -> None:
    html = client.get(four.url, {"region": "94"}).content.decode()
    assert "Aucune rencontre n’est annoncée ici" in html
    assert f'href="{four.url}?quand=passees"' in html
    assert "dans toutes les régions" in html


def test_meeting_page_says_all(client: Client, calendar: MeetingsIndexPage) -> None:
    sample_meetings_load(calendar, now=timezone.now())
    meeting = MeetingPage.objects.get(slug="exemple-la-reunion")
    html = client.get(meeting.url).content.decode()
    for expected in (
        "à La Réunion, de",
        meeting.place,
        "boucle magnétique",
        meeting.organiser,
        f"mailto:{meeting.contact_email}",
        "deux établissements racontent",
        f'href="{calendar.url}"',
    ):
        assert expected in html
    assert "Cette rencontre a eu lieu" not in html


def test_past_meeting_says_so(client: Client, calendar: MeetingsIndexPage) -> None:
    meeting = MeetingPageFactory(parent=calendar, starts_at=timezone.now() - DAY)
    assert "Cette rencontre a eu lieu" in client.get(meeting.url).content.decode()


def test_sample_has_one_meeting_a_region_each_marked(calendar: MeetingsIndexPage) -> None:
    now = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    assert sample_meetings_load(calendar, now=now) == 18
    assert sample_meetings_load(calendar, now=now) == 0
    meetings = MeetingPage.objects.all()
    assert len({meeting.region_id for meeting in meetings}) == 18
    for meeting in meetings:
        assert meeting.title.startswith("Exemple")
        assert now < meeting.starts_at < now + 240 * DAY
        meeting.full_clean()
