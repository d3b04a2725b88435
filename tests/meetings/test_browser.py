"""The calendar in a real browser."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Site

from meetings.calendars.feeds import feed_make
from meetings.models import MeetingsIndexPage
from meetings.services import meeting_cancel
from starter.sample.meetings import sample_meetings_load
from tests.organisation.factories import AccountFactory

from .factories import MeetingsIndexPageFactory, published

pytestmark = pytest.mark.browser
DAY = dt.timedelta(days=1)
SUBSCRIBING = "/agenda/abonnements/?region=04"


@pytest.fixture
def index(transactional_db: None) -> MeetingsIndexPage:
    """The sample, a meeting of two days far away, one called off, one that is over."""
    now = timezone.now()
    root = Site.objects.get(is_default_site=True).root_page
    index: MeetingsIndexPage = MeetingsIndexPageFactory(parent=root)
    sample_meetings_load(index, now=now)
    session = {"starts": dt.time(9), "ends": dt.time(10), "title": "Un", "speakers": []}
    days = [("session", {**session, "day": dt.date(2099, 1, day)}) for day in (13, 14)]
    published(
        parent=index,
        slug="deux-jours",
        code="04",
        starts_at=dt.datetime(2099, 1, 13, 5, tzinfo=dt.UTC),
        ends_at=dt.datetime(2099, 1, 14, 13, tzinfo=dt.UTC),
        programme=days,
        capacity=12,
    )
    off = published(parent=index, slug="annulee", starts_at=now + 5 * DAY)
    meeting_cancel(meeting=off, reason="Plus de salle.", actor=AccountFactory(), now=now)
    published(
        parent=index,
        slug="passee",
        starts_at=now - 5 * DAY,
        materials=[("link", {"title": "Le film", "url": "https://video.example/"})],
    )
    return index


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_meetings_are_accessible(
    index: MeetingsIndexPage,
    page_factory: Callable[..., Any],
    axe_check: Any,
    width: int,
    theme: str,
) -> None:
    page = page_factory(width, color_scheme=theme)
    for address in (
        "",
        "?region=53&format=sur_place#liste",
        "?region=94&quand=passees",
        "?quand=passees",
        "exemple-la-reunion/",
        "deux-jours/",
        "annulee/",
        "passee/",
    ):
        page.goto(index.url + address)
        expect(page.locator("html")).to_have_attribute("data-fr-theme", theme)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@pytest.mark.parametrize("width", [1280, 390])
def test_subscribing_is_accessible(
    index: MeetingsIndexPage,
    page_factory: Callable[..., Any],
    axe_check: Any,
    login: Callable[..., Any],
    width: int,
) -> None:
    page = page_factory(width)
    page.goto(SUBSCRIBING)
    axe_check(page)
    user = AccountFactory()
    feed_make(account=user, now=timezone.now())
    login(page, user)
    for address in (SUBSCRIBING, "/agenda/abonnements/adresse/remplacer/"):
        page.goto(address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this id, or a name that begins so, has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "[document.activeElement.id, document.activeElement.getAttribute('aria-label'),"
            " document.activeElement.textContent.trim()]"
        )
        if any(text and text.startswith(name) for text in found):
            return
    raise AssertionError(f"the keyboard does not reach «{name}»")


def test_keyboard_alone_filters_and_finds_a_meeting(
    index: MeetingsIndexPage, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(1280)
    page.goto(index.url)
    tab_to(page, "id_format")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Filtrer")
    page.keyboard.press("Enter")
    page.wait_for_url("**format=sur_place**")
    tab_to(page, "La Réunion, ")
    land = page.locator(".tcv-map__region:focus .tcv-map__land")
    assert land.evaluate("land => getComputedStyle(land).strokeWidth") == "5px"
    page.keyboard.press("Enter")
    page.wait_for_url("**region=04**")
    assert "format=sur_place" in page.url
    rows = page.locator(".tcv-meeting")
    expect(rows.first).to_be_visible()
    assert all("La Réunion" in words for words in rows.all_inner_texts())
    chosen = page.locator("a[aria-current=true]", has=page.locator("path"))
    expect(chosen).to_have_accessible_name(re.compile("^La Réunion, "))


def test_map_works_without_a_script_and_is_a_list_for_those_who_hear_it(
    index: MeetingsIndexPage, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(1280, javascript=False)
    page.goto(index.url)
    regions = page.get_by_role("navigation", name="Choisir une région")
    expect(regions.get_by_role("listitem")).to_have_count(18)
    regions.get_by_role("link", name="Corse, ").click()
    page.wait_for_url("**region=94**")
    assert all("Corse" in words for words in page.locator(".tcv-meeting").all_inner_texts())
    expect(page.locator(".tcv-meeting").first).to_be_visible()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        # 13 January 2099, 5.00 UTC to the next day, 13.00 UTC.
        ("Indian/Mauritius", None),  # the clocks of La Réunion
        ("Europe/Brussels", None),  # those of Paris
        ("Pacific/Noumea", "Chez vous, mardi 13 janvier, 16 h – jeudi 15 janvier, 0 h"),
        ("America/Montreal", "Chez vous, mardi 13 janvier, 0 h – mercredi 14 janvier, 8 h"),
    ],
)
def test_reader_elsewhere_finds_her_own_hours(
    index: MeetingsIndexPage, page_factory: Callable[..., Any], zone: str, words: str | None
) -> None:
    page = page_factory(1280, timezone_id=zone)
    page.goto(index.url + "deux-jours/")
    here = page.locator(".tcv-practical .tcv-here")
    if words is None:
        expect(here).to_be_hidden()
    else:
        expect(here).to_be_visible()
        assert here.inner_text().replace("\xa0", " ") == words


def test_address_is_copied(
    index: MeetingsIndexPage, page_factory: Callable[..., Any], live_server: Any
) -> None:
    page = page_factory(1280, permissions=["clipboard-read", "clipboard-write"])
    page.goto(SUBSCRIBING)
    field = page.get_by_label("Adresse de l’agenda de toutes les régions")
    page.locator("[data-copy-field=adresse-toutes]").click()
    expect(page.get_by_text("Adresse copiée.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == field.input_value()


def test_data_for_search_engines_breaks_no_policy(
    index: MeetingsIndexPage, page_factory: Callable[..., Any]
) -> None:
    """A refusal would fail the test: the element is data, which nothing executes."""
    page = page_factory(1280)
    response = page.goto(index.url + "deux-jours/")
    assert "'unsafe-inline'" not in response.headers["content-security-policy"]
    written = page.locator("script[type='application/ld+json']").text_content()
    assert page.evaluate("text => JSON.parse(text)['@type']", written) == "Event"
