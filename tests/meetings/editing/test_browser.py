"""Regional editors in a real browser: the month by keyboard and on a phone, and the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import MeetingsIndexPage
from tests.meetings.factories import MeetingPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = "?mois=2027-03"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_month_is_accessible_and_fits(
    width: int,
    site_calendar: MeetingsIndexPage,
    make_editor: Any,
    page_factory: Any,
    login: Any,
    axe_check: Any,
) -> None:
    MeetingPageFactory(parent=site_calendar, title="Journée de Rennes", live=False)
    page = page_factory(width)
    login(page, make_editor("53"))
    page.goto(reverse("meetings_calendar:index") + MONTH)
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    entry = page.get_by_role("link", name="Journée de Rennes")
    expect(entry).to_be_visible()
    expect(page.get_by_text("Brouillon")).to_be_visible()
    if width < 800:  # a list of days, each with its name
        expect(page.get_by_text("mardi 9 mars 2027")).to_be_visible()


def test_one_goes_to_a_meeting_by_keyboard(
    site_calendar: MeetingsIndexPage, make_editor: Any, page_factory: Any, login: Any
) -> None:
    meeting = MeetingPageFactory(parent=site_calendar, title="Journée de Rennes")
    page = page_factory(1280)
    login(page, make_editor("53"))
    page.goto(reverse("meetings_calendar:index") + "?mois=2027-02")
    page.get_by_role("link", name="mars 2027").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mars 2027")).to_be_visible()
    page.get_by_role("link", name="Ajouter une rencontre").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Journée de Rennes")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/pages/{meeting.pk}/edit/")
    expect(page.get_by_label("Début")).to_have_value("2027-03-09 09:30")
