"""In a real browser: accessibility, narrow screens, themes, no script, and the page editor.

`page_factory` fails a test on any refusal by the content security policy or foreign request.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect

from cms.models import HomePage, StandardPage
from cms.services import editorial_groups_ensure
from tests.organisation.factories import EstablishmentFactory, GrantFactory

ADDRESSES = [
    "/",
    "/modules/",
    "/modules/?public=usagers",
    "/la-campagne/",
    "/signaler-un-incident/",
    "/accessibilite/",
    "/recherche/?q=vigilance",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/confirm-email/",
    "/nulle-part/",
]


def width_of(page: Any) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_pages_have_no_violation(
    starter_site: None, page_factory: Any, axe_check: Any, width: int
) -> None:
    page = page_factory(width)
    for address in ADDRESSES:
        page.goto(address)
        axe_check(page)


def test_dark_theme_is_as_legible(starter_site: None, page_factory: Any, axe_check: Any) -> None:
    page = page_factory(1280, color_scheme="dark")
    for address in ("/", "/la-campagne/", "/signaler-un-incident/", "/accounts/login/"):
        page.goto(address)
        assert page.locator("html").get_attribute("data-fr-theme") == "dark"
        axe_check(page)


def test_nothing_scrolls_sideways_at_320_pixels(starter_site: None, page_factory: Any) -> None:
    page = page_factory(320)
    for address in ADDRESSES:
        page.goto(address)
        assert width_of(page) <= 320, address


def test_menu_is_reachable_without_a_script(starter_site: None, page_factory: Any) -> None:
    page = page_factory(390, javascript=False)
    page.goto("/")
    expect(page.locator(".fr-nav__link").first).to_be_visible()
    expect(page.locator("#header-search-input")).to_be_visible()
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert width_of(page) <= width


def test_manager_opens_her_menu_with_the_keyboard_and_finds_it_open_without_a_script(
    starter_site: None, page_factory: Any, login: Any, axe_check: Any, django_user_model: Any
) -> None:
    manager = django_user_model.objects.create_user("cadre@hopital.test")
    house = EstablishmentFactory()
    for made in (GrantFactory, partial(GrantFactory, to_train=True)):
        made(user=manager, establishment=house)
    page = page_factory(1280)
    login(page, manager)
    page.goto("/")
    codes = page.locator(".fr-nav").get_by_role("link", name="Codes de connexion")
    expect(codes).to_be_hidden()
    page.get_by_role("button", name="Mon équipe").press("Enter")
    expect(codes).to_be_visible()
    axe_check(page)
    for width in (1280, 390, 320):
        plain = page_factory(width, javascript=False)
        login(plain, manager)
        plain.goto("/")
        expect(plain.locator(".fr-nav").get_by_text("Codes de connexion")).to_be_visible()
        assert width_of(plain) <= width


def test_editor_works_under_its_policy_and_previews(
    starter_site: None, page_factory: Any, login: Any, django_user_model: Any
) -> None:
    editor = django_user_model.objects.create_user("plume@test.fr")
    editor.groups.add(*editorial_groups_ensure(home=HomePage.objects.get()))
    page = page_factory(1280)
    login(page, editor)
    target = StandardPage.objects.get(slug="la-campagne")
    page.goto(f"/admin/pages/{target.pk}/edit/")
    expect(page.locator(".public-DraftEditor-content").first).to_be_visible()
    page.locator("[data-side-panel-toggle='preview'], [data-side-panel='preview']").first.click()
    frame = page.frame_locator("#w-preview-iframe, iframe[title]").first
    expect(frame.locator("h1")).to_have_text("La campagne")
