"""Registering in a real browser: by keyboard, on a phone, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect
from wagtail.models import Site

from meetings.enums import MeetingFormat
from meetings.models import Meeting, MeetingPage
from meetings.registrations.links import registration_path
from meetings.services import meeting_publish
from notifications.services import deliveries_send
from organisation.models import Region
from tests.meetings.factories import MeetingsIndexPageFactory

from .making import account, joined, soon

pytestmark = pytest.mark.browser
PHONE, SCREEN = 390, 1280
Checked = Callable[[Page], None]


@pytest.fixture
def published(transactional_db: None) -> Callable[..., MeetingPage]:
    """`published(**fields)` is the page of a meeting, as editors publish it."""
    index = MeetingsIndexPageFactory(parent=Site.objects.get(is_default_site=True).root_page)

    def publish(**fields: Any) -> MeetingPage:
        starts = soon()
        values = {
            "title": "Tenir quand tout s’arrête",
            "slug": "tenir",
            "region": Region.objects.get(code="53"),
            "starts_at": starts,
            "ends_at": starts.replace(hour=23, minute=59),
            "place": "Salle des fêtes",
            "organiser": "ARS Bretagne",
            "contact_email": "rencontres@ars.test",
            "remote_link": "https://visio.test/salle",
        }
        return meeting_publish(index=index, meeting=MeetingPage(**{**values, **fields}))

    return publish


@pytest.fixture
def checked(axe_check: Any) -> Checked:
    """`checked(page)`: nothing that axe finds, nothing to scroll sideways."""

    def check(page: Page) -> None:
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    return check


def record(page: MeetingPage) -> Meeting:
    return Meeting.objects.get(uid=page.uid)


def press(page: Page, name: str) -> None:
    """Reach a link or a button with the keyboard alone, and press it."""
    for _step in range(80):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.innerText || ''")
        if " ".join(text.split()) == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach «{name}»")


def mailed_link(address: str) -> str:
    """The address in the last mail to somebody, as a path."""
    deliveries_send()
    told = [one for one in mail.outbox if one.to == [address]][-1]
    found = re.search(r"https?://[^/\s]+(/agenda/inscription/[^/\s]+/)(?!\S)", told.body)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_an_account_registers_in_two_clicks_and_cancels_by_keyboard(
    published: Any, page_factory: Any, login: Any, checked: Checked, width: int
) -> None:
    meeting, user = published(), account()
    page = page_factory(width)
    login(page, user)
    page.goto(meeting.url)
    checked(page)
    press(page, "S’inscrire")
    expect(page.get_by_text("Vous avez une place.")).to_be_visible()
    checked(page)
    page.goto(meeting.url)
    expect(page.get_by_role("heading", name="Vous êtes inscrit")).to_be_visible()
    checked(page)
    press(page, "Voir mon inscription")
    page.get_by_label("Besoins d’accessibilité").fill("Boucle magnétique")
    press(page, "Enregistrer")
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()
    expect(page.get_by_label("Besoins d’accessibilité")).to_have_value("Boucle magnétique")
    press(page, "Annuler mon inscription")
    expect(page.get_by_text("Cette inscription est annulée.")).to_be_visible()
    checked(page)
    press(page, "Me réinscrire")
    expect(page.get_by_text("Vous avez une place.")).to_be_visible()
    page.goto("/agenda/mes-rencontres/")
    expect(page.get_by_role("link", name=meeting.title)).to_be_visible()
    checked(page)


@pytest.mark.parametrize(("width", "javascript"), [(SCREEN, False), (PHONE, True)])
def test_a_guest_registers_by_e_mail(
    published: Any, page_factory: Any, checked: Checked, width: int, javascript: bool
) -> None:
    meeting = published(format=MeetingFormat.BOTH, capacity=10)
    page = page_factory(width, javascript=javascript)
    page.goto(meeting.url)
    page.get_by_role("link", name="S’inscrire par courriel").click()
    expect(page.get_by_role("heading", name="S’inscrire par courriel")).to_be_visible()
    if javascript:
        checked(page)
    page.get_by_label("Prénom").fill("Ada")
    page.get_by_role("button", name="Recevoir le courriel").click()
    expect(page.get_by_text("Rien n’est perdu.")).to_be_visible()
    expect(page.get_by_label("Prénom")).to_have_value("Ada")
    if javascript:
        checked(page)
    page.get_by_label("Nom", exact=True).fill("Lovelace")
    page.get_by_label("Adresse électronique").fill("ada@b.test")
    page.get_by_label("Établissement ou structure").fill("CH d’essai")
    page.get_by_text("À distance", exact=True).click()
    page.get_by_role("button", name="Recevoir le courriel").click()
    expect(page.get_by_text("Vous n’êtes pas encore inscrit.")).to_be_visible()
    if javascript:
        checked(page)
    elsewhere = page_factory(width, javascript=javascript)
    elsewhere.goto(mailed_link("ada@b.test"))
    if javascript:
        checked(elsewhere)
    elsewhere.get_by_role("button", name="Confirmer mon inscription").click()
    expect(elsewhere.get_by_text("Vous avez une place.")).to_be_visible()
    expect(elsewhere.get_by_role("link", name="https://visio.test/salle")).to_be_visible()
    if javascript:
        checked(elsewhere)


@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_the_first_in_line_moves_up_when_somebody_cancels_from_her_mail(
    published: Any, page_factory: Any, login: Any, checked: Checked, width: int
) -> None:
    meeting = published(capacity=1)
    own = joined(record(meeting), record(meeting).published_at)
    page = page_factory(width)
    login(page, account(email="second@b.test"))
    page.goto(meeting.url)
    expect(page.get_by_role("heading", name="Complet")).to_be_visible()
    page.get_by_role("button", name="M’inscrire sur la liste d’attente").click()
    expect(page.get_by_text("Vous êtes en tête")).to_be_visible()
    checked(page)
    page.goto(meeting.url)
    expect(page.get_by_role("heading", name="Vous êtes sur la liste d’attente")).to_be_visible()
    checked(page)
    visitor = page_factory(width)
    visitor.goto(mailed_link(own.email))
    visitor.get_by_role("button", name="Annuler mon inscription").click()
    expect(visitor.get_by_text("Votre inscription est annulée.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Vous êtes inscrit")).to_be_visible()
    page.goto(mailed_link("second@b.test"))
    expect(page.get_by_text("Vous avez une place.")).to_be_visible()


def test_all_of_it_without_javascript(published: Any, page_factory: Any, login: Any) -> None:
    meeting = published(format=MeetingFormat.BOTH)
    page = page_factory(PHONE, javascript=False)
    login(page, account())
    page.goto(meeting.url)
    page.get_by_role("button", name="Je participe à distance").click()
    expect(page.get_by_text("Vous participez à distance.")).to_be_visible()
    page.get_by_text("Sur place", exact=True).click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Vous venez sur place.")).to_be_visible()
    page.get_by_role("button", name="Annuler mon inscription").click()
    expect(page.get_by_text("Cette inscription est annulée.")).to_be_visible()


@pytest.mark.parametrize("width", [SCREEN, PHONE])
def test_each_sentence_of_the_call_is_accessible(
    published: Any, page_factory: Any, checked: Checked, width: int
) -> None:
    meeting = published(capacity=1)
    page = page_factory(width)
    rows = Meeting.objects.filter(uid=meeting.uid)
    starts, now = record(meeting).starts_at, record(meeting).published_at
    shown = [
        ("Il reste 1 place sur 1.", {}),
        ("Inscriptions closes", {"registration_closes_at": now}),
        ("écrivez-lui", {"takes_registrations": False}),
        ("Motif : Alerte météo", {"cancelled_at": now, "cancel_reason": "Alerte météo"}),
        ("Cette rencontre a eu lieu", {"ends_at": now}),
    ]
    usual = {
        "registration_closes_at": None, "takes_registrations": True, "cancelled_at": None,
        "cancel_reason": "", "ends_at": starts.replace(hour=23, minute=59),
    }  # fmt: skip
    for sentence, fields in shown:
        rows.update(**{**usual, **fields})
        page.goto(meeting.url)
        expect(page.get_by_text(sentence).first).to_be_visible()
        checked(page)


def test_the_page_of_a_registration_is_reached_from_a_mail_on_any_device(
    published: Any, page_factory: Any, checked: Checked
) -> None:
    meeting = published()
    own = joined(record(meeting), record(meeting).published_at)
    record(meeting).registrations.update(state="pending")
    page = page_factory(320)
    page.goto(registration_path(own))
    expect(page.get_by_role("button", name="Confirmer mon inscription")).to_be_visible()
    checked(page)
