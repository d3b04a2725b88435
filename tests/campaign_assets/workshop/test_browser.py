"""The communications officer in a real browser, from the home page to a printed PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaign_assets.models import Adaptation, BrandState, KitArchive, ShortLink
from campaign_assets.workshop.services import adaptation_save
from documents.enums import WorkState
from tests.campaign_assets.branding import samples
from tests.campaign_assets.factories import (
    DrawnPosterFactory,
    KitItemFactory,
    KitPageFactory,
    resources_index,
)
from tests.cms.factories import home_make
from tests.organisation.factories import EstablishmentFactory, GrantFactory
from tests.support.pdf import pdf_info, pdf_text

pytestmark = pytest.mark.browser
widths = pytest.mark.parametrize("width", [1280, 390])
LOGO = {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": samples.GOOD_SVG}
GESTURE = "Le geste"


@pytest.fixture
def house(transactional_db: None) -> Any:
    return EstablishmentFactory(name="Centre hospitalier de Vannes", hotline="02 97 00 00 00")


@pytest.fixture
def officer(house: Any) -> Any:
    return GrantFactory(to_communicate=True, establishment=house).user


@pytest.fixture
def nation(house: Any) -> Any:
    EstablishmentFactory.create_batch(12)
    return GrantFactory(to_communicate=True, for_nation=True).user


@pytest.fixture
def poster(transactional_db: None) -> Any:
    home_make()
    gallery = resources_index(show_in_menus=True)
    return DrawnPosterFactory(parent=gallery, title="Je verrouille, je pars.", slug="je-verrouille")


@pytest.fixture
def adaptation(poster: Any, house: Any, officer: Any) -> Adaptation:
    return adaptation_save(
        page=poster,
        establishment=house,
        texts={"gesture": "Windows + L."},
        placement="Salle de pause",
        actor=officer,
        now=timezone.now(),
    )


def press(page: Page, role: Any, name: Any) -> None:
    """Reach something by the keyboard, and use it."""
    target = page.get_by_role(role, name=name).first
    target.focus()
    expect(target).to_be_focused()
    page.keyboard.press("Enter")


def rewrite(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def shown(page: Page) -> str:
    return page.locator("[data-live-image]").get_attribute("src") or ""


def test_from_the_home_page_to_a_printed_pdf_by_keyboard(
    page_factory: Callable[..., Page], login: Any, officer: Any, poster: Any, tmp_path: Path
) -> None:
    page = page_factory(1280, accept_downloads=True)
    login(page, officer)
    page.goto("/")
    press(page, "button", "Communication")
    press(page, "link", "Atelier")
    press(page, "link", "Carte de marque")
    rewrite(page, "Nom sur les supports", "CH de Vannes")
    page.locator("#id_logo").set_input_files(LOGO)
    press(page, "button", "Enregistrer la carte")
    expect(page.get_by_text("La carte est enregistrée")).to_be_visible()
    press(page, "button", "Communication")
    press(page, "link", "Atelier")
    press(page, "link", "Choisir un support")
    press(page, "link", poster.title)
    press(page, "link", "Adapter à mon établissement")
    rewrite(page, GESTURE, "Windows + L, toujours.")
    expect(page.get_by_text("L’aperçu est à jour.")).to_be_attached()
    rewrite(page, "Emplacement", "Salle de pause, 3e étage")
    with page.expect_download() as download:
        press(page, "button", "Télécharger en A4")
    assert download.value.suggested_filename == "affiche-je-verrouille-ch-de-vannes-a4.pdf"
    file = tmp_path / "affiche.pdf"
    download.value.save_as(file)
    assert pdf_info(file)["Tagged"] == "yes"
    text = pdf_text(file)
    for said in ("Windows + L, toujours.", "CH de Vannes", ShortLink.objects.get().code):
        assert said in text
    page.goto("/atelier/")
    expect(page.get_by_text("Salle de pause, 3e étage").first).to_be_visible()


def test_the_preview_follows_and_says_what_does_not_fit(
    page_factory: Callable[..., Page], login: Any, officer: Any, poster: Any
) -> None:
    page = page_factory(1280)
    login(page, officer)
    page.goto(reverse("campaign_assets:workshop", args=[poster.pk]))
    expect(page.get_by_role("button", name="Voir l’aperçu")).to_be_hidden()
    rewrite(page, GESTURE, "Windows + L.")
    expect(page.locator("[data-live-image][src^='data:image/png']")).to_be_visible()
    before = shown(page)
    rewrite(page, GESTURE, "M" * 60)
    message = page.locator("#live-error-texte-gesture")
    expect(message).to_contain_text("trop long")
    expect(page.get_by_label(GESTURE)).to_have_attribute("aria-invalid", "true")
    assert shown(page) == before
    rewrite(page, GESTURE, "Je retire ma carte.")
    expect(message).to_have_count(0)
    expect(page.locator("[data-live-image]")).not_to_have_attribute("src", before)
    expect(page.locator(".tcv-counter").first).to_have_text(re.compile(r"^19 / \d+$"))
    page.get_by_label("Format").select_option("a3.pdf")
    expect(page.get_by_role("button", name="Télécharger en A3")).to_be_visible()


def test_the_band_follows_the_brand_card(
    page_factory: Callable[..., Page], login: Any, officer: Any, house: Any
) -> None:
    page = page_factory(1280)
    login(page, officer)
    page.goto(reverse("campaign_assets:brand", args=[house.uid]))
    rewrite(page, "Nom sur les supports", "CH de Vannes")
    expect(page.locator("[data-live-image][src^='data:image/png']")).to_be_visible()
    rewrite(page, "Couleur du bandeau", "#808080")
    expect(page.locator("#live-error-accent")).to_contain_text("La plus proche qui convient")
    assert not BrandState.objects.exists()


def test_without_javascript_a_button_shows_and_another_downloads(
    page_factory: Callable[..., Page], login: Any, officer: Any, poster: Any
) -> None:
    page = page_factory(390, javascript=False, accept_downloads=True)
    login(page, officer)
    page.goto(reverse("campaign_assets:workshop", args=[poster.pk]))
    page.get_by_label(GESTURE).fill("Windows + L.")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("[data-live-image][src^='data:image/png']")).to_be_visible()
    expect(page.get_by_label(GESTURE)).to_have_value("Windows + L.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger en A4").click()
    assert download.value.suggested_filename.endswith("-a4.pdf")


def no_sideways_scroll(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@widths
def test_the_officers_pages_are_accessible(
    page_factory: Callable[..., Page],
    login: Any,
    axe_check: Any,
    officer: Any,
    house: Any,
    adaptation: Adaptation,
    width: int,
) -> None:
    page = page_factory(width)
    login(page, officer)
    card = reverse("campaign_assets:brand", args=[house.uid])
    page.goto(card)
    for name in ("CH de Vannes", "CHBA"):
        page.get_by_label("Nom sur les supports").fill(name)
        page.locator("#id_logo").set_input_files(LOGO)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_text("La carte est enregistrée")).to_be_visible()
    making = reverse("campaign_assets:workshop", args=[adaptation.page_id])
    addresses = [
        *(card, f"{card}historique/", f"{card}historique/1/reprendre/"),
        *("/atelier/", making, f"/atelier/fichiers/{adaptation.uid}/supprimer/", "/a/0000000/"),
    ]
    for address in addresses:
        page.goto(address)
        axe_check(page)
        assert no_sideways_scroll(page), address
    page.goto(making)
    page.get_by_label(GESTURE).fill("M" * 60)
    page.get_by_role("button", name="Télécharger").click()
    expect(page.locator(".fr-input-group--error").first).to_be_visible()
    axe_check(page)


@widths
def test_a_kit_in_the_hospitals_name_is_accessible_at_each_step(
    page_factory: Callable[..., Page],
    login: Any,
    axe_check: Any,
    officer: Any,
    poster: Any,
    private_folder: Path,
    width: int,
) -> None:
    kit = KitPageFactory(parent=poster.get_parent(), title="Kit de lancement", slug="kit")
    KitItemFactory(kit=kit, asset=poster, place="Salle de pause")
    page = page_factory(width)
    login(page, officer)
    page.goto(kit.url)
    axe_check(page)
    page.get_by_role("button", name="Télécharger ce kit au nom de").click()
    expect(page.get_by_role("heading", name="Votre kit est prêt")).to_be_visible()
    axe_check(page)
    address = page.url
    too_long = {"file": "a4.pdf", "page": poster.pk, "title": poster.title, "why": "Trop long."}
    for changes, heading in (
        ({"refused": [{**too_long, "field": "brand.name"}]}, "Des fichiers manquent"),
        ({"state": WorkState.WORKING}, "Préparation en cours"),
        ({"state": WorkState.FAILED}, "La préparation s’est interrompue"),
        ({"state": WorkState.READY, "digest": "of yesterday"}, "a changé"),
    ):
        KitArchive.objects.update(**changes)
        page.goto(address)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        axe_check(page)
        assert no_sideways_scroll(page), heading
    KitArchive.objects.all().delete()
    page.goto(address)
    expect(page.get_by_role("heading", name="Ce que vous recevrez")).to_be_visible()
    axe_check(page)


@widths
def test_choosing_among_many_is_accessible(
    page_factory: Callable[..., Page],
    login: Any,
    axe_check: Any,
    nation: Any,
    poster: Any,
    width: int,
) -> None:
    page = page_factory(width)
    login(page, nation)
    for address in ("/marque/", reverse("campaign_assets:workshop", args=[poster.pk])):
        page.goto(address)
        axe_check(page)
        page.get_by_label("Chercher un établissement").fill("vannes")
        page.get_by_role("button", name="Chercher", exact=True).click()
        expect(page.locator(".tcv-choice__link")).to_have_count(1)


def test_nothing_scrolls_sideways_on_the_smallest_phone(
    page_factory: Callable[..., Page], login: Any, officer: Any, house: Any, adaptation: Adaptation
) -> None:
    page = page_factory(320)
    login(page, officer)
    card = reverse("campaign_assets:brand", args=[house.uid])
    making = reverse("campaign_assets:workshop", args=[adaptation.page_id])
    for address in (card, f"{card}historique/", "/atelier/", making):
        page.goto(address)
        assert no_sideways_scroll(page), address
