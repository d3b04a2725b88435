"""Editing a page that is drawn, and the picture it gives of itself."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.models import Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text

from campaign_assets.enums import Theme
from campaign_assets.models import CardPage, PosterPage, ResourcesIndexPage, VisualPage
from campaign_assets.services import designed_publish
from content.models import SiteImage
from users.models import User

from .factories import DrawnPosterFactory, SiteImageFactory

TEXTS = {
    "headline": "Je verrouille,\nje pars.",
    "gesture": "Windows + L.",
    "contact": "Appelez-nous.",
}


OTHERWISE = {"serie__world": "mint-night", "alt": "Un autre."}


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


def written(**changes: Any) -> dict[str, Any]:
    """What an editor sends: the fields as the form calls them."""
    usual = {
        "title": "Verrouiller",
        "slug": "verrouiller",
        "summary": "À quoi elle sert.",
        "theme": Theme.SESSION,
        "credit": "Tous cyber vigilant",
        "licence": "etalab-2.0",
        "language": "fr",
        "design": "serie",
        "serie__figure": "session",
        "serie__world": "night-signal",
        **{f"serie__{name}": text for name, text in TEXTS.items()},
        "alt": "Un cadenas.",
        "placement": rich_text(""),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    return nested_form_data({**usual, **changes})


def create(editor: Client, gallery: ResourcesIndexPage, **changes: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["campaign_assets", "posterpage", gallery.pk])
    data = written(**changes)
    return editor.post(address, {name: one for name, one in data.items() if one is not None})


def edit(editor: Client, page: PosterPage, **changes: Any) -> Any:
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), written(**changes))


def errors_of(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    return dict(response.context["form"].errors)


def test_an_editor_fills_in_a_design_and_its_picture_is_made(
    editor: Client, gallery: ResourcesIndexPage
) -> None:
    assert create(editor, gallery).status_code == 302
    page = PosterPage.objects.get()
    assert (page.live, page.design, page.figure, page.world) == (
        True,
        "serie",
        "session",
        "night-signal",
    )
    assert page.texts == TEXTS
    assert page.preview is not None
    assert page.preview.description == "Un cadenas."
    with page.preview.open_file() as file, Image.open(io.BytesIO(file.read())) as picture:
        assert picture.height == 1286
    html = editor.get(page.url).content.decode()
    assert "Je verrouille, je pars." in html
    assert f"/telechargements/{page.pk}/a3.pdf" in html


def test_the_form_comes_back_with_what_was_written(
    editor: Client, gallery: ResourcesIndexPage
) -> None:
    page = DrawnPosterFactory(parent=gallery)
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for expected in ("Je verrouille,\nje pars.", "Sept mots au plus", 'data-tcv-count="60"'):
        assert expected in html


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"serie__headline": ""}, "serie__headline", "nécessaire"),
        ({"serie__headline": "W" * 58}, "serie__headline", "trop long"),
        ({"serie__gesture": "a" * 200}, "serie__gesture", "200 caractères"),
        ({"serie__gesture": "👍"}, "serie__gesture", "U+1F44D"),
        ({"alt": ""}, "alt", "Décrivez"),
        ({"serie__figure": "dragon"}, "serie__figure", "dragon"),
        ({"design": "disparue"}, "design", "disparue"),
        ({"design": ""}, "words", "ce qu’on lit"),
        ({"design": "", "words": "Je pars."}, "preview", "image"),
    ],
)
def test_what_cannot_be_drawn_is_told_beside_its_field(
    changes: dict[str, str], field: str, said: str, editor: Client, gallery: ResourcesIndexPage
) -> None:
    errors = errors_of(create(editor, gallery, **changes))
    assert said in " ".join(errors[field])
    assert not PosterPage.objects.exists()


def test_a_draft_may_lack_what_a_page_must_have(
    editor: Client, gallery: ResourcesIndexPage
) -> None:
    blank = {"serie__headline": "", "alt": "", "action-publish": None}
    assert create(editor, gallery, **blank).status_code == 302
    assert not PosterPage.objects.get().live
    long = {"slug": "autre", "serie__gesture": "a" * 200, "action-publish": None}
    too_long = errors_of(create(editor, gallery, **long))
    assert set(too_long) == {"serie__gesture"}


def test_a_page_may_carry_a_file_instead(editor: Client, gallery: ResourcesIndexPage) -> None:
    image = SiteImageFactory()
    response = create(editor, gallery, design="", words="Je pars.", preview=image.pk)
    assert response.status_code == 302
    page = PosterPage.objects.get()
    assert not page.is_drawn
    assert (page.texts, page.figure, page.preview) == ({}, "", image)


def test_publishing_again_draws_into_the_same_image(
    editor: Client, gallery: ResourcesIndexPage
) -> None:
    create(editor, gallery)
    page = PosterPage.objects.get()
    before = page.preview
    assert before is not None
    before.get_rendition("width-100")
    assert edit(editor, page, preview=before.pk, **OTHERWISE).status_code == 302
    page.refresh_from_db()
    after = page.preview
    assert after is not None
    assert (after.pk, after.description) == (before.pk, "Un autre.")
    assert after.file_hash != before.file_hash
    assert not after.renditions.exists()
    assert SiteImage.objects.count() == 1


def test_an_image_that_an_editor_chose_is_never_drawn_over(
    editor: Client, gallery: ResourcesIndexPage
) -> None:
    image = SiteImageFactory()
    name = image.file.name
    create(editor, gallery, preview=image.pk)
    page = PosterPage.objects.get()
    assert page.preview != image
    image.refresh_from_db()
    assert image.file.name == name


def test_a_copy_has_a_picture_of_its_own(editor: Client, gallery: ResourcesIndexPage) -> None:
    create(editor, gallery)
    page = PosterPage.objects.get()
    copy = page.copy(update_attrs={"slug": "autre", "alt": "La copie."}, keep_live=False)
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    page.refresh_from_db()
    assert copy.preview_id != page.preview_id
    assert page.preview is not None
    assert page.preview.description == "Un cadenas."


def test_the_revision_knows_the_picture(editor: Client, gallery: ResourcesIndexPage) -> None:
    create(editor, gallery)
    page = PosterPage.objects.get()
    latest = Revision.objects.for_instance(page).latest("created_at")
    assert latest.content["preview"] == page.preview_id
    assert page.get_latest_revision_as_object().preview_id == page.preview_id


def test_publishing_by_service_checks_as_the_form_does(gallery: ResourcesIndexPage) -> None:
    def publish(**changes: Any) -> VisualPage:
        usual: dict[str, Any] = {
            "model": VisualPage,
            "index": gallery,
            "slug": "visuel",
            "title": "Visuel",
            "theme": Theme.SESSION,
            "summary": "",
            "credit": "Nous",
            "design": "visuel",
            "figure": "session",
            "world": "night-signal",
            "texts": TEXTS,
            "alt": "Un cadenas.",
            "post": "À publier.",
        }
        return designed_publish(**{**usual, **changes})

    with pytest.raises(ValidationError) as told:
        publish(texts={**TEXTS, "headline": "W" * 58})
    assert "texts.headline" in told.value.message_dict
    page = publish()
    assert page.preview is not None
    assert page.live


def test_words_of_a_drawing_are_found(client: Client, gallery: ResourcesIndexPage) -> None:
    page = DrawnPosterFactory(parent=gallery)
    text = page.get_folded_text()
    assert "windows l" in text
    assert "serrure" in text


def test_texts_of_a_hospital_stand_in_for_those_of_the_page(gallery: ResourcesIndexPage) -> None:
    page = DrawnPosterFactory(parent=gallery)
    work = page.work(format="a4", texts={"gesture": "Notre geste."})
    assert work.texts["gesture"] == "Notre geste."
    assert work.texts["headline"] == page.texts["headline"]
    assert work.digest != page.work(format="a4").digest


@pytest.mark.parametrize(
    ("headline", "shown"),
    [("Je pars.", 'src="data:image/webp;base64,'), ("W" * 58, "est trop long"), ("", "nécessaire")],
)
def test_the_drawing_is_shown_beside_the_form(
    headline: str, shown: str, editor: Client, gallery: ResourcesIndexPage
) -> None:
    page = DrawnPosterFactory(parent=gallery)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = editor.post(address, written(serie__headline=headline)).json()
    assert answer["is_valid"] == (shown != "est trop long")
    page.texts = {**page.texts, "headline": headline}
    page.save_revision(clean=False)
    seen = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": "drawing"})
    assert shown in seen.content.decode()


def test_a_warning_keeps_its_heading_on_the_page(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    """«Éteindre, payer» is what not to do: alone it would say the contrary."""
    page = designed_publish(
        model=CardPage,
        index=gallery,
        slug="carte",
        title="Carte",
        theme=Theme.RANSOMWARE,
        summary="",
        credit="Nous",
        design="carte-reflexe",
        figure="ransomware",
        world="night-coral",
        texts={"title": "Rançongiciel", "step_1": "J’isole.", "avoid": "Éteindre, payer."},
        alt="Un écran barré.",
    )
    html = " ".join(client.get(page.url).content.decode().split())
    assert "<strong>À ne pas faire</strong> <br> Éteindre, payer." in html
