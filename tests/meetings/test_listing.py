"""The list and the map of the calendar."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.documents.models import Document

from content.models import Audience
from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, MeetingsIndexPage
from meetings.services import meeting_cancel
from organisation import maps
from organisation.models import Region
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
    RegionFactory,
)

from .factories import published, registration

DAY = dt.timedelta(days=1)
NBSP = "\N{NO-BREAK SPACE}"
ON_SITE, REMOTE, BOTH = MeetingFormat.ON_SITE, MeetingFormat.REMOTE, MeetingFormat.BOTH


def make(calendar: MeetingsIndexPage, title: str, days: int = 9, **facts: Any) -> Meeting:
    starts = timezone.now() + days * DAY
    return published(parent=calendar, title=title, **{"starts_at": starts, **facts})


def shown(client: Client, calendar: MeetingsIndexPage, **query: str) -> str:
    response = client.get(calendar.url, query)
    assert response.status_code == 200
    return unescape(response.content.decode()).replace(NBSP, " ")


def titles(html: str) -> list[str]:
    return re.findall(r'tcv-meeting__title">\s*<a [^>]*>([^<]+)<', html)


def row(html: str, title: str) -> str:
    """The words of the row of one meeting."""
    (found,) = [part for part in html.split("<article")[1:] if f">{title}<" in part]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.split("</article>")[0]))


def regions(html: str) -> dict[str, str]:
    """What each link of the map says, and where it leads."""
    links = re.findall(r'<a class="tcv-map__region[^>]*href="([^"]*)"\s*aria-label="([^"]*)"', html)
    return {label: href for href, label in links}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["on site", "remote", "both"]),
        ("sur_place", ["on site", "both"]),
        ("a_distance", ["remote", "both"]),
        ("mixte", ["both"]),
        ("au fond du couloir", ["on site", "remote", "both"]),
    ],
)
def test_filters_by_format(
    client: Client, calendar: MeetingsIndexPage, asked: str, expected: list[str]
) -> None:
    for days, (title, kind) in enumerate(
        (("on site", ON_SITE), ("remote", REMOTE), ("both", BOTH))
    ):
        make(calendar, title, days + 1, format=kind)
    assert titles(shown(client, calendar, format=asked)) == expected


def test_filters_by_audience_what_is_for_all_included(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    nurses, chiefs = Audience.objects.all()[:2]
    for days, audiences in enumerate(([nurses, chiefs], [chiefs], [])):
        page = make(calendar, str(days), days + 1).page
        assert page is not None
        page.audiences.set(audiences)
        page.save_revision().publish()
    assert titles(shown(client, calendar, public=nurses.code)) == ["0", "2"]


def test_filters_by_month_named_in_french(client: Client, calendar: MeetingsIndexPage) -> None:
    year = timezone.now().year + 1
    for month in (2, 8):
        at = dt.datetime(year, month, 9, 9, tzinfo=dt.UTC)
        make(calendar, str(month), starts_at=at)
    html = shown(client, calendar, mois=f"{year}-08")
    assert titles(html) == ["8"]
    assert f'<option value="{year}-08" selected>août {year}</option>' in html
    assert f'<option value="{year}-02">février {year}</option>' in html
    assert titles(shown(client, calendar, mois="août")) == ["2", "8"]


def test_month_that_has_become_empty_is_still_the_one_asked_for(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    make(calendar, "a")
    html = shown(client, calendar, mois="2020-05")
    assert titles(html) == []
    assert '<option value="2020-05" selected>mai 2020</option>' in html


def test_filters_go_together_and_stand_in_every_link(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    make(calendar, "a", code="53", format=REMOTE)
    make(calendar, "b", code="53", format=ON_SITE)
    make(calendar, "c", code="11", format=REMOTE)
    html = shown(client, calendar, region="53", format="a_distance")
    assert titles(html) == ["a"]
    links = regions(html)
    # The map tells what each region would show, the other filters kept.
    assert links["Bretagne, 1 rencontre"] == "?format=a_distance&region=53#liste"
    assert links["Île-de-France, 1 rencontre"] == "?format=a_distance&region=11#liste"
    assert links["Normandie, aucune rencontre"] == "?format=a_distance&region=28#liste"
    assert 'href="?region=53&format=a_distance&quand=passees"' in html
    assert 'href="?format=a_distance#liste"' in html


def test_map_has_the_eighteen_regions(client: Client, calendar: MeetingsIndexPage) -> None:
    make(calendar, "a", code="06")
    make(calendar, "b", code="06")
    links = regions(shown(client, calendar))
    assert len(links) == Region.objects.count() == 18
    assert "Mayotte, 2 rencontres" in links
    assert {shape.code for shape in maps.shapes()} == set(
        Region.objects.values_list("code", flat=True)
    )


def test_map_marks_the_region_that_is_shown(client: Client, calendar: MeetingsIndexPage) -> None:
    html = shown(client, calendar, region="94")
    (chosen,) = re.findall(r'<a class="tcv-map__region[^>]*aria-current="true"', html)
    assert "Corse, aucune rencontre" in chosen


def test_cancelled_meeting_is_listed_as_such_and_does_not_count(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    make(calendar, "on", 5)
    off = make(calendar, "off", 6)
    meeting_cancel(meeting=off, reason="Non.", actor=AccountFactory(), now=timezone.now())
    html = shown(client, calendar)
    assert titles(html) == ["on", "off"]
    assert "Annulée" in row(html, "off")
    assert "Annulée" not in row(html, "on")
    assert "dont 1 annulée" in html
    assert "Bretagne, 1 rencontre" in regions(html)


CONFIRMED, WAITING = RegistrationState.CONFIRMED, RegistrationState.WAITING


@pytest.mark.parametrize(
    ("facts", "states", "words"),
    [
        ({"capacity": 3}, [CONFIRMED], "2 places"),
        ({"capacity": 2}, [CONFIRMED, RegistrationState.CANCELLED], "1 place"),
        ({"capacity": 1}, [CONFIRMED], "Complet, liste d’attente"),
        ({"capacity": 2}, [CONFIRMED, WAITING], "Complet, liste d’attente"),
        (
            {"capacity": 1, "format": BOTH},
            [CONFIRMED],
            "Complet sur place, liste d’attente ; ouvert à distance",
        ),
        ({}, [CONFIRMED], "Inscriptions ouvertes"),
        (
            {"capacity": 5, "registration_closes_at": timezone.now() - DAY},
            [],
            "Inscriptions closes",
        ),
    ],
)
def test_row_tells_the_seats(
    client: Client,
    calendar: MeetingsIndexPage,
    facts: dict[str, Any],
    states: list[RegistrationState],
    words: str,
) -> None:
    meeting = make(calendar, "a", **facts)
    for number, state in enumerate(states):
        registration(meeting, state, email=f"{number}@demo.test")
    assert f" {words} " in row(shown(client, calendar), "a")


def test_row_says_nothing_of_seats_that_others_give(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    make(calendar, "a", capacity=3, takes_registrations=False)
    words = row(shown(client, calendar), "a")
    assert "place " not in words.replace("Sur place", "")
    assert "Inscription" not in words


def test_past_meetings_say_what_is_left_of_them(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    document = Document.objects.create(title="d", file="d.pdf")
    make(
        calendar,
        "full",
        -9,
        materials=[
            ("summary", "<p>Dit.</p>"),
            ("slides", {"title": "Diaporama", "document": document}),
            ("link", {"title": "Film", "url": "https://video.example/a"}),
        ],
    )
    make(calendar, "bare", -8)
    html = shown(client, calendar, quand="passees")
    assert titles(html) == ["bare", "full"]
    for word in ("Supports", "Enregistrement", "Compte rendu"):
        assert word in row(html, "full")
        assert word not in row(html, "bare")


def test_months_stand_above_their_meetings(client: Client, calendar: MeetingsIndexPage) -> None:
    for month, day in ((1, 31), (2, 1), (2, 3)):
        make(calendar, f"{month}/{day}", starts_at=dt.datetime(2099, month, day, 9, tzinfo=dt.UTC))
    html = shown(client, calendar)
    found = re.findall(r'agenda__month">([^<]+)<|__title">\s*<a [^>]*>([^<]+)<', html)
    assert ["".join(one) for one in found] == [
        *("janvier 2099", "1/31", "février 2099", "2/1", "2/3"),
    ]


def worker(code: str) -> Any:
    person = PersonFactory(user=AccountFactory())
    house = EstablishmentFactory(region=RegionFactory(code=code))
    AppointmentFactory(person=person, establishment=house)
    return person.user


def test_region_of_who_works_there_is_one_click_away(
    client: Client, calendar: MeetingsIndexPage
) -> None:
    make(calendar, "a", code="04")
    assert "Ma région" not in shown(client, calendar)
    client.force_login(worker("04"))
    html = shown(client, calendar, format="sur_place")
    (link,) = re.findall(r'href="([^"]*)">\s*Ma région : La Réunion \(1 rencontre\)', html)
    assert link == "?format=sur_place&region=04#liste"
    assert "Ma région" not in shown(client, calendar, region="04")


def test_calendar_is_kept_by_no_shared_cache(client: Client, calendar: MeetingsIndexPage) -> None:
    assert "private" in client.get(calendar.url)["Cache-Control"]


@pytest.mark.parametrize("who", ["visitor", "worker"])
def test_calendar_makes_the_same_queries_for_twice_the_meetings(
    client: Client, calendar: MeetingsIndexPage, who: str
) -> None:
    if who == "worker":
        client.force_login(worker("53"))

    def queries() -> int:
        client.get(calendar.url)  # makes the row of the site's settings
        client.get(calendar.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(calendar.url)
        return len(captured)

    def more(*codes: str) -> None:
        for code in codes:
            meeting = make(calendar, code, code=code, capacity=5)
            for number in range(3):
                registration(meeting, CONFIRMED, email=f"{number}@demo.test")

    more("53", "04")
    before = queries()
    more("11", "94")
    assert queries() == before
