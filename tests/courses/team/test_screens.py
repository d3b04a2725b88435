"""Training a team in a real browser: with the keyboard alone, without script, on a phone."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from courses.models import TeamSession
from courses.team.services import attendance_tick, team_session_close
from training.enums import Provenance
from training.models import Completion, Requirement
from training.services import requirement_create

from .world import TITLE, Hospital

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PageFactory = Callable[..., Any]


def press_until(page: Any, key: str, selector: str) -> None:
    """Press `key` until what has the focus matches `selector`."""
    for _press in range(120):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")


def follow(page: Any, selector: str) -> None:
    """Go to a link or button with Tab alone, and use it."""
    press_until(page, "Tab", selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.fixture
def hospital(starter_site: None) -> Hospital:
    return Hospital()


def begin(hospital: Hospital) -> TeamSession:
    return hospital.session()


def past_file(hospital: Hospital, *more: str) -> dict[str, Any]:
    rows = [f"{one.email};{TITLE};03/02/2025" for one in hospital.team]
    text = "\n".join(["agent;module;date", *rows, *more])
    return {"name": "feuille.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_session_is_run_with_the_keyboard_alone(
    hospital: Hospital, page_factory: PageFactory, login: Callable[..., None], javascript: bool
) -> None:
    page = page_factory(javascript=javascript)
    login(page, hospital.head)
    page.goto("/formation/")
    follow(page, "a[href$='/seance/']")
    press_until(page, "Tab", "select[name=module]")
    page.keyboard.type(TITLE[:12])
    follow(page, "main button[type=submit]")
    follow(page, "a[href$='/presents/']")
    press_until(page, "Tab", "#p-1")
    page.keyboard.press("Space")
    press_until(page, "Tab", "#p-3")
    page.keyboard.press("Space")
    follow(page, "button[name=finish]")
    expect(page.locator("main")).to_contain_text("2 formations seront déclarées.")
    assert not Completion.objects.exists()
    follow(page, "main button[type=submit]")
    expect(page.locator("main")).to_contain_text("2 formations déclarées")
    assert [one.provenance for one in Completion.objects.all()] == [Provenance.TEAM] * 2


def test_a_colleague_adds_herself_on_her_phone(
    hospital: Hospital, page_factory: PageFactory, login: Callable[..., None]
) -> None:
    session = begin(hospital)
    colleague = hospital.team[1]
    hospital.signed_in(colleague)
    phone = page_factory(390)
    login(phone, colleague.user)
    phone.goto("/equipe/")
    phone.fill("#code", f"{session.code[:4]}-{session.code[4:]}".lower())
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("button", name="J’y étais").click()
    phone.get_by_text("Vous êtes sur la liste.").wait_for()
    assert [one.person for one in session.attendance.all()] == [colleague]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_code_on_the_screen_is_read_by_a_phone_and_leads_to_the_list(
    hospital: Hospital, page_factory: PageFactory, login: Callable[..., None], theme: str
) -> None:
    session = begin(hospital)
    screen = page_factory(1280)
    login(screen, hospital.head)
    screen.goto(f"/formation/seances/{session.uid}/")
    screen.evaluate("theme => document.documentElement.dataset.frTheme = theme", theme)
    projected = Image.open(io.BytesIO(screen.screenshot(full_page=True)))
    (code,) = zxingcpp.read_barcodes(projected)
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    colleague = hospital.team[1]
    hospital.signed_in(colleague)
    phone = page_factory(390)
    login(phone, colleague.user)
    phone.goto(code.text)  # fails for another host than the one that was projected
    phone.get_by_role("button", name="J’y étais").click()
    phone.get_by_text("Vous êtes sur la liste.").wait_for()
    assert [one.person for one in session.attendance.all()] == [colleague]


def test_past_training_is_previewed_then_declared(
    hospital: Hospital, page_factory: PageFactory, login: Callable[..., None]
) -> None:
    page = page_factory(javascript=False)
    login(page, hospital.ciso)
    page.goto(f"/formation/etablissement/{hospital.house.uid}/passees/")
    page.set_input_files("input[name=file]", past_file(hospital, f"x@x.test;{TITLE};1/1/2025"))
    follow(page, "main button[type=submit]")
    expect(page.locator("main")).to_contain_text("1 ligne est à corriger.")
    follow(page, "main a.fr-btn")
    page.set_input_files("input[name=file]", past_file(hospital))
    follow(page, "main button[type=submit]")
    expect(page.locator("main")).to_contain_text("3 formations seront déclarées.")
    follow(page, "main button[type=submit]")
    expect(page.locator("main")).to_contain_text("3 formations passées déclarées.")
    assert Completion.objects.filter(provenance=Provenance.IMPORT).count() == 3


def test_an_obligation_is_counted_then_saved_without_script(
    hospital: Hospital, page_factory: PageFactory, login: Callable[..., None]
) -> None:
    page = page_factory(javascript=False)
    login(page, hospital.ciso)
    page.goto(f"/formation/etablissement/{hospital.house.uid}/obligations/ajouter/")
    page.select_option("select[name=module]", label=TITLE)
    page.get_by_label("Soignante et rééducation").check(force=True)
    page.get_by_role("button", name="Voir qui est concerné").click()
    told = "Concerne aujourd’hui 4 agents dans 1 établissement."
    expect(page.locator("main")).to_contain_text(told)
    assert not Requirement.objects.exists()
    page.get_by_role("button", name="Enregistrer l’obligation").click()
    page.get_by_text("L’obligation est enregistrée.").wait_for()
    assert [family.code for family in Requirement.objects.get().role_families.all()] == [
        "soignante"
    ]


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_screens_are_accessible_and_fit(
    hospital: Hospital,
    width: int,
    page_factory: PageFactory,
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
) -> None:
    open_one, closed, now = begin(hospital), begin(hospital), timezone.now()
    uids = [one.uid for one in hospital.team]
    attendance_tick(session=closed, shown=uids, present=uids, now=now)
    team_session_close(session=closed, user=hospital.head, now=now)
    own = requirement_create(
        trainable=hospital.trainable, starts_on=timezone.localdate(), place=hospital.house
    )
    house = f"/formation/etablissement/{hospital.house.uid}"
    page = page_factory(width)
    login(page, hospital.ciso)

    def check(name: str) -> None:
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name

    for address in (
        "/formation/",
        f"{house}/seance/",
        f"/formation/seances/{open_one.uid}/",
        f"/formation/seances/{open_one.uid}/presents/",
        f"/formation/seances/{open_one.uid}/terminer/",
        f"/formation/seances/{closed.uid}/",
        f"/formation/seances/{closed.uid}/retirer/{hospital.team[0].uid}/",
        "/equipe/",
        f"/equipe/{open_one.code}/",
        f"{house}/obligations/",
        f"{house}/obligations/ajouter/",
        f"{house}/obligations/{own.pk}/terminer/",
        f"{house}/passees/",
        "/mon-espace/",
    ):
        assert page.goto(address).status == 200, address
        check(address)
    page.goto(f"{house}/passees/")
    for more, name in (((), "preview"), ((f"x@x.test;{TITLE};1/1/2025",), "problems")):
        page.goto(f"{house}/passees/")
        page.set_input_files("input[name=file]", past_file(hospital, *more))
        page.get_by_role("button", name="Voir l’aperçu").click()
        page.get_by_role("heading", name="Aperçu").wait_for()
        check(name)
    page.goto(f"{house}/obligations/ajouter/")
    page.select_option("select[name=module]", label=TITLE)
    page.get_by_role("button", name="Voir qui est concerné").click()
    page.get_by_role("heading", name="Confirmer l’obligation").wait_for()
    check("confirmation")
