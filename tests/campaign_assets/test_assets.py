from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import ProtectedError
from django.test import Client

from campaign_assets.models import AssetPage, PosterPage, ResourcesIndexPage, VideoPage

from .factories import PdfFactory, PosterPageFactory, VideoFactory, VideoPageFactory


def test_format_follows_the_type(gallery: ResourcesIndexPage) -> None:
    PosterPageFactory(parent=gallery)
    VideoPageFactory(parent=gallery)
    assert list(AssetPage.objects.order_by("path").values_list("format", flat=True)) == [
        "affiche",
        "video",
    ]


def test_tree_is_closed() -> None:
    assert [model.__name__ for model in ResourcesIndexPage.creatable_subpage_models()] == [
        "VideoPage",
        "PosterPage",
        "VisualPage",
        "CardPage",
        "TextAssetPage",
        "KitPage",
    ]
    assert PosterPage.allowed_subpage_models() == []
    assert VideoPage.allowed_parent_page_models() == [ResourcesIndexPage]
    assert not AssetPage.is_creatable


@pytest.mark.parametrize("missing", ["words", "preview"])
def test_poster_is_not_published_without(missing: str, gallery: ResourcesIndexPage) -> None:
    page = PosterPageFactory.build(**{missing: None if missing == "preview" else ""})
    with pytest.raises(ValidationError) as error:
        page.full_clean(exclude=["path", "depth", "content_type", "locale"])
    assert missing in error.value.message_dict


def test_draft_may_still_lack_its_files(gallery: ResourcesIndexPage) -> None:
    page = PosterPage(title="Brouillon", live=False, theme="session")
    gallery.add_child(instance=page)
    assert page.pk
    assert PosterPage.objects.get(pk=page.pk).pdf is None


def test_poster_refuses_what_is_no_pdf(gallery: ResourcesIndexPage) -> None:
    page = PosterPageFactory(parent=gallery)
    page.pdf = PdfFactory(file=ContentFile(b"<html>", name="affiche.pdf"))
    with pytest.raises(ValidationError, match="pas un PDF"):
        page.full_clean()
    page.pdf = PdfFactory(file=ContentFile(b"%PDF-1.7", name="affiche.html"))
    with pytest.raises(ValidationError, match="pas un PDF"):
        page.full_clean()


def test_poster_refuses_a_pdf_that_is_gone(gallery: ResourcesIndexPage) -> None:
    page = PosterPageFactory(parent=gallery)
    page.pdf.file.storage.delete(page.pdf.file.name)
    page.pdf.refresh_from_db()
    with pytest.raises(ValidationError, match="introuvable"):
        page.full_clean()


@pytest.mark.parametrize("incomplete", [{"captions": ""}, {"transcript": " "}])
def test_video_is_not_published_without_words(
    incomplete: dict[str, str], gallery: ResourcesIndexPage
) -> None:
    page = VideoPageFactory(parent=gallery)
    page.video = VideoFactory(**incomplete)
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert "video" in error.value.message_dict


@pytest.mark.database
def test_file_of_a_page_cannot_be_deleted_under_it(gallery: ResourcesIndexPage) -> None:
    page = PosterPageFactory(parent=gallery)
    with pytest.raises(ProtectedError):
        page.pdf.delete()
    with pytest.raises(ProtectedError):
        page.preview.delete()


def test_poster_page_shows_its_words_and_every_file(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    page = PosterPageFactory(parent=gallery, placement="<ul><li>En salle de pause</li></ul>")
    html = client.get(page.url).content.decode()
    for expected in (
        "Je verrouille, je pars.",
        "Windows + L ou carte retirée.",
        "En salle de pause",
        "PDF, A4, 1\N{NO-BREAK SPACE}Ko",
        f"/telechargements/{page.pk}/a4.pdf",
        "Licence Ouverte 2.0 (Etalab)",
        "Un cadenas dont la serrure est un œil.",
        f'href="{gallery.url}"',
    ):
        assert expected in html


def test_video_page_plays_with_captions_and_transcript(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    page = VideoPageFactory(parent=gallery)
    html = client.get(page.url).content.decode()
    assert page.video.captions.url in html
    assert "Ce qu’elle montre." in html
    assert f"/telechargements/{page.pk}/video.mp4" in html
    assert f"/telechargements/{page.pk}/sous-titres.vtt" in html
