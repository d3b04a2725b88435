"""The library in a real browser: for readers with and without script, and for editors."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from campaign_assets.models import AssetPage, PosterPage, ResourcesIndexPage, VideoPage
from tests.content.test_uploads import picture
from tests.support.browsing import sign_in
from tests.support.pdf import pdf_sample
from users.models import User

from .factories import (
    PDF,
    CampaignFactory,
    KitItemFactory,
    KitPageFactory,
    PosterPageFactory,
    TextAssetPageFactory,
    VideoPageFactory,
    resources_index,
)

pytestmark = pytest.mark.browser
widths = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def library(transactional_db: None) -> ResourcesIndexPage:
    index = resources_index()
    campaign = CampaignFactory(code="automne", name="L’automne vigilant")
    poster = PosterPageFactory(parent=index, title="Affiche", slug="affiche", campaign=campaign)
    PosterPageFactory(parent=index, title="Ancienne", slug="ancienne", superseded_by=poster)
    text = TextAssetPageFactory(parent=index, title="Message", slug="message", language="en")
    kit = KitPageFactory(parent=index, title="Kit", slug="kit", campaign=campaign)
    for asset in (poster, text, VideoPageFactory(parent=index, slug="film")):
        KitItemFactory(kit=kit, asset=asset, note="À hauteur des yeux")
    return index


@widths
def test_every_page_of_the_library_is_accessible(
    library: ResourcesIndexPage,
    page_factory: Callable[..., Any],
    axe_check: Any,
    width: int,
) -> None:
    page = page_factory(width)
    for address in (
        "",
        "?campagne=automne&format=affiche&q=aff",
        "?q=rien-de-tel",
        "affiche/",
        "ancienne/",
        "message/",
        "film/",
        "kit/",
    ):
        page.goto(library.url + address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.get_by_text("Toutes les ressources").click()
    page.goto(library.url + "kit/")
    page.get_by_role("button", name="Télécharger le kit (ZIP)").click()
    expect(page.get_by_role("heading", name="Votre kit est prêt")).to_be_visible()
    axe_check(page)


def test_nothing_is_wider_than_a_small_phone(
    library: ResourcesIndexPage, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(320)
    for address in ("", "affiche/", "message/", "kit/"):
        page.goto(library.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


@widths
def test_filters_work_without_script(
    library: ResourcesIndexPage, page_factory: Callable[..., Any], width: int
) -> None:
    page = page_factory(width, javascript=False)
    page.goto(library.url)
    if width < 992:
        page.get_by_text("Rechercher et filtrer").click()
    page.get_by_label("Affiche (1)").check(force=True)
    page.get_by_role("button", name="Afficher", exact=True).click()
    expect(page).to_have_url(re.compile("format=affiche"))
    expect(page.get_by_text("1 ressource", exact=True)).to_be_visible()
    page.get_by_role("link", name=re.compile("Retirer le filtre Affiche")).click()
    expect(page.get_by_text("4 ressources")).to_be_visible()


def test_filters_fold_on_a_phone_and_stand_open_beside_the_wall(
    library: ResourcesIndexPage, page_factory: Callable[..., Any]
) -> None:
    for width, is_open in ((390, False), (1280, True)):
        page = page_factory(width)
        page.goto(library.url)
        expect(page.locator("#id_q")).to_be_visible(visible=is_open)


def test_text_is_copied_with_one_button_and_taken_without_script(
    library: ResourcesIndexPage, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(1280)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(library.url + "message/")
    page.get_by_role("button", name="Copier le texte").click()
    expect(page.get_by_text("Texte copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Verrouillez votre session" in copied
    assert "- Windows + L." in copied
    plain = page_factory(1280, javascript=False)
    plain.goto(library.url + "message/")
    expect(plain.get_by_role("button", name="Copier le texte")).to_be_hidden()
    with plain.expect_download() as download:
        plain.get_by_role("link", name=re.compile("Texte brut")).click()
    assert download.value.suggested_filename == "message-texte.txt"


def test_old_version_leads_to_the_new_one(
    library: ResourcesIndexPage, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(1280)
    page.goto(library.url + "ancienne/")
    page.get_by_role("link", name="Voir « Affiche »").click()
    expect(page).to_have_url(re.compile(r"/affiche/$"))


def test_film_is_wound_forward_in_parts(
    library: ResourcesIndexPage, page_factory: Callable[..., Any]
) -> None:
    # The test server gives the media folder itself; the download is what our view gives.
    address = f"/telechargements/{VideoPage.objects.get().pk}/video.mp4"
    page = page_factory(1280)
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status) if address in one.url else None)
    page.goto(library.url + "film/")
    position = page.evaluate(
        """async address => {
          const film = document.createElement("video");
          film.muted = true;
          film.src = address;
          await new Promise(done => film.onloadedmetadata = done);
          film.currentTime = 15;
          await new Promise(done => film.onseeked = done);
          return film.currentTime;
        }""",
        address,
    )
    assert position == 15
    assert 206 in answers


def test_editor_sends_files_completes_a_draft_and_publishes_it(
    library: ResourcesIndexPage, page_factory: Callable[..., Any], live_server: Any, tmp_path: Path
) -> None:
    for name, content in (("nouvelle.png", picture()), ("nouvelle.pdf", PDF), ("x.pdf", b"MZ")):
        (tmp_path / name).write_bytes(content)
    editor = User.objects.create_superuser("redaction@campagne.test")
    page = page_factory(1280)
    sign_in(page, editor, live_server.url)
    page.goto("/admin/ressources/envoi/")
    page.set_input_files("input[name=uploads]", sorted(tmp_path.iterdir()))
    page.select_option("select[name=theme]", "cle-usb")
    page.fill("input[name=credit]", "CH d’Essai")
    page.get_by_role("button", name="Envoyer et créer les brouillons").click()
    expect(page.get_by_text("n’est pas un PDF, quel que soit son nom")).to_be_visible()
    draft = PosterPage.objects.get(slug="nouvelle")
    assert not draft.live

    page.get_by_role("link", name=re.compile("n’a pas de texte alternatif")).click()
    page.fill("input[name=description]", "Un œil dans une clé USB, sur fond bleu.")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.wait_for_load_state()

    page.goto(f"/admin/pages/{draft.pk}/edit/")
    for name, words in (
        ("words", "Clé USB trouvée, clé remise."),
        ("summary", "À poser près des imprimantes."),
    ):
        page.locator(f"form [name={name}]").fill(words)
    page.get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name=re.compile("^Publier")).click()
    page.wait_for_load_state()
    draft.refresh_from_db()
    assert draft.live

    reader = page_factory(390)
    reader.goto(library.url + "?theme=cle-usb")
    reader.get_by_role("link", name="Nouvelle").click()
    expect(reader.get_by_text("CH d’Essai")).to_be_visible()
    with reader.expect_download() as download:
        reader.get_by_role("link", name=re.compile("PDF, A4")).click()
    assert download.value.suggested_filename == "nouvelle-a4.pdf"
    assert AssetPage.objects.offered().filter(pk=draft.pk).exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_editor_replaces_a_file_and_puts_the_old_one_back(
    library: ResourcesIndexPage,
    page_factory: Callable[..., Any],
    axe_check: Callable[[Any], None],
    live_server: Any,
    tmp_path: Path,
    width: int,
) -> None:
    poster = PosterPage.objects.exclude(pdf=None).first()
    assert poster is not None
    poster.save_revision().publish()
    old = poster.pdf
    (tmp_path / "neuve.pdf").write_bytes(pdf_sample("Au revoir"))
    page = page_factory(width)
    sign_in(page, User.objects.create_superuser("redaction@campagne.test"), live_server.url)
    page.goto("/admin/ressources/suivi/")
    page.get_by_role("link", name=f"Remplacer… {poster.title}").click()
    expect(page.get_by_role("heading", name="Fichiers précédents")).to_be_visible()
    axe_check(page)
    page.get_by_role("link", name="Remplacer… Fichier à imprimer").click()
    expect(page.get_by_role("button", name="Remplacer le fichier")).to_be_visible()
    axe_check(page)
    page.set_input_files("input[name=file]", tmp_path / "neuve.pdf")
    page.get_by_role("button", name="Remplacer le fichier").click()
    expect(page.get_by_text("en ligne, à la même adresse")).to_be_visible()
    page.reload()  # without the message, which Wagtail fades in
    axe_check(page)
    poster.refresh_from_db()
    assert poster.pdf != old
    page.get_by_role("button", name="Remettre").click()
    expect(page.get_by_role("link", name=re.compile("^neuve"))).to_be_visible()
    poster.refresh_from_db()
    assert poster.pdf == old
