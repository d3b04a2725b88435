"""From a request for access to the colleague who is habilitated, by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from organisation.models import AccessRequest, Grant
from tests.organisation.access.conftest import Places
from tests.organisation.access.world import account, colleague, pdf

pytestmark = pytest.mark.django_db(transaction=True)


def follow(page: Any, name: str) -> None:
    """By keyboard: the link or button of this name."""
    main = page.locator("main")
    target = main.get_by_role("link", name=name).or_(main.get_by_role("button", name=name)).first
    with page.expect_navigation():
        target.press("Enter")


def enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 390])
def test_from_the_request_to_the_first_colleague(
    width: int, places: Places, page_factory: Callable[..., Any], login: Any, axe_check: Any
) -> None:
    newcomer = account(first_name="Maud", last_name="Kerjean")
    chief = colleague(places.house, person__last_name="Morel")

    page = page_factory(width)
    login(page, newcomer)
    page.goto("/droits/")
    axe_check(page)
    follow(page, "Demander un accès")
    page.fill("#q", places.house.name)
    enter(page)
    axe_check(page)
    follow(page, places.house.name)
    follow(page, "Envoyer ma demande")
    axe_check(page)  # with its errors
    page.focus("#id_role_0")
    page.keyboard.press("Space")
    page.fill("#id_function", "RSSI")
    letter = {"name": "lettre.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.set_input_files("#id_proof", letter)
    follow(page, "Envoyer ma demande")
    expect(page.locator("h1")).to_have_text("Ma demande d’accès")
    axe_check(page)

    ars = page_factory(width)
    login(ars, places.ars)
    ars.goto("/habilitations/")
    axe_check(ars)
    follow(ars, "Voir les demandes")
    axe_check(ars)
    follow(ars, "Examiner")
    axe_check(ars)
    follow(ars, "Accorder l’accès")
    assert AccessRequest.objects.get().decided_by == places.ars
    axe_check(ars)

    page.goto("/habilitations/")
    follow(page, places.house.name)
    axe_check(page)
    follow(page, "Habiliter un compte")
    page.fill("#q", "morel")
    enter(page)
    axe_check(page)
    page.locator("#id_person_0").press("Space")
    page.get_by_label("Responsable d’établissement").press("Space")
    follow(page, "Habiliter ce compte")
    assert Grant.objects.filter(user=chief, granted_by=newcomer).count() == 2
    row = page.locator(".tcv-rows__row", has_text=str(chief))
    with page.expect_navigation():
        row.get_by_role("link", name="Prolonger").click()
    axe_check(page)
    page.go_back()
    with page.expect_navigation():
        row.get_by_role("link", name=str(chief), exact=True).click()
    axe_check(page)
    page.go_back()
    with page.expect_navigation():
        row.get_by_role("link", name="Mettre fin").click()
    axe_check(page)
    follow(page, "Mettre fin")
    expect(page.get_by_text("L’habilitation a pris fin.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
