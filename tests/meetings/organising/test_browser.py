"""Holding a meeting in a real browser: the code at the door, the keyboard alone, both widths."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Site

from meetings.attendance.links import door_link
from meetings.attendance.services import attendance_record
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance
from tests.meetings.factories import MeetingPageFactory, MeetingsIndexPageFactory
from tests.meetings.registrations.making import account
from users.models import User

from .world import DAY, HOUR, comes, organiser, running, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PageFactory = Callable[..., Any]


def url(name: str, meeting: Meeting, *more: Any) -> str:
    return reverse(f"meetings:{name}", args=[meeting.uid, *more])


def press_until(page: Any, key: str, selector: str) -> None:
    """Press `key` until what has the focus matches `selector`."""
    for _press in range(150):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


@pytest.fixture
def holder(transactional_db: None) -> User:
    return organiser()


def test_a_telephone_scans_the_code_at_the_door(
    holder: User, page_factory: PageFactory, login: Callable[..., None]
) -> None:
    meeting = running()
    screen = page_factory(1280)
    login(screen, holder)
    screen.goto(url("attendance_screen", meeting))
    picture = screen.locator(".tcv-door-code__qr").screenshot()
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    phone = page_factory(390)
    visitor = account(first_name="Nadia", last_name="Le Goff")
    login(phone, visitor)
    phone.goto(code.text)
    assert "Nadia Le Goff" in phone.locator("main").inner_text()
    phone.get_by_role("button", name="Je suis là").click()
    phone.get_by_text("Votre présence est notée").wait_for()
    assert MeetingAttendance.objects.get().registration.account == visitor
    screen.get_by_role("link", name="Actualiser").click()
    screen.get_by_text("1 présence notée").wait_for()


def test_without_an_account_the_mail_opens_the_door(
    holder: User, page_factory: PageFactory
) -> None:
    meeting = running()
    one = comes(meeting, "Curie")
    phone = page_factory(390)
    phone.goto(reverse("meetings:door", args=[meeting.door_code]))
    phone.get_by_label("Adresse de votre inscription").fill("curie@essai.test")
    phone.get_by_role("button", name="Recevoir le lien").click()
    phone.get_by_role("heading", name="Regardez vos courriels").wait_for()
    phone.goto(door_link(one))
    phone.get_by_role("button", name="Je suis là").click()
    phone.get_by_text("Votre présence est notée").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_list_is_ticked_with_the_keyboard_alone(
    holder: User, page_factory: PageFactory, login: Callable[..., None], javascript: bool
) -> None:
    meeting = running()
    for name in ("Arendt", "Curie", "Noether"):
        comes(meeting, name)
    page = page_factory(1280, javascript=javascript)
    login(page, holder)
    page.goto(url("attendance_roll", meeting))
    for number in (1, 3):
        press_until(page, "Tab", f"#p-{number}")
        page.keyboard.press("Space")
    press_until(page, "Tab", "form[novalidate] button[type=submit]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("2 présences enregistrées").wait_for()
    there = MeetingAttendance.objects.order_by("registration__last_name")
    assert [one.registration.last_name for one in there] == ["Arendt", "Noether"]
    press_until(page, "Tab", "#t-1")
    page.keyboard.press("Space")
    press_until(page, "Tab", "button[name=withdraw]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press_until(page, "Tab", "button[name=confirmed]")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_text("1 présence retirée").wait_for()
    assert MeetingAttendance.objects.standing().count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible(
    holder: User,
    page_factory: PageFactory,
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
    width: int,
) -> None:
    meeting = _full(holder)
    one = meeting.registrations.standing().filter(attendance=None)[0]
    page = page_factory(width)
    login(page, holder)
    for address in (
        reverse("meetings:organised"),
        url("organised_meeting", meeting),
        url("organised_add", meeting),
        url("organised_unregister", meeting, one.uid),
        url("organised_message", meeting),
        url("organised_series", meeting),
        url("organised_cancel", meeting),
        url("attendance_roll", meeting),
        url("attendance_walk_in", meeting),
        url("attendance_screen", meeting),
        reverse("meetings:door_form"),
        reverse("meetings:door", args=[meeting.door_code]),
    ):
        page.goto(address)
        _look(page, axe_check)
    page.goto(url("organised_message", meeting))
    page.get_by_label("Objet").fill("Le plan")
    page.get_by_label("Message").fill("Venez tôt.")
    page.get_by_role("button", name="Voir l’aperçu").click()
    page.get_by_role("heading", name="Aperçu du message").wait_for()
    _look(page, axe_check)
    page.goto(url("organised_series", meeting))
    page.get_by_role("button", name="Voir les dates").click()
    page.get_by_role("heading", name="Les dates de la série").wait_for()
    _look(page, axe_check)
    guest = page_factory(width)
    guest.goto(reverse("meetings:door", args=[meeting.door_code]))
    _look(guest, axe_check)
    guest.goto(door_link(one))
    _look(guest, axe_check)


def _look(page: Any, axe_check: Callable[[Any], None]) -> None:
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def _full(holder: User) -> Meeting:
    """It runs, with a page, people of every state, needs, and somebody who spoke."""
    index = MeetingsIndexPageFactory(parent=Site.objects.get(is_default_site=True).root_page)
    starts = timezone.now() - HOUR
    page = MeetingPageFactory(parent=index, starts_at=starts, ends_at=starts + DAY, live=False)
    page.save_revision().publish()
    meeting: Meeting = page.record
    people = [comes(meeting, f"Nom-très-long-{n}", needs="Boucle" * n) for n in range(3)]
    waits(meeting, "Noether")
    attendance_record(
        meeting=meeting, registrations=people[:1], how=How.PAPER, now=timezone.now(), actor=holder
    )
    return meeting
