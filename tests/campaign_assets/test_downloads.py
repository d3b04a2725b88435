from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from campaign_assets.models import PosterPage, ResourcesIndexPage
from campaign_assets.selectors import downloads_of, weight

from .factories import PDF, DrawnPosterFactory, PdfFactory, PosterPageFactory, VideoPageFactory


@pytest.fixture
def poster(gallery: ResourcesIndexPage) -> PosterPage:
    page: PosterPage = PosterPageFactory(parent=gallery, slug="verrouiller")
    return page


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("size", "written"),
    [(0, "1 Ko"), (840, "1 Ko"), (84_499, "84 Ko"), (999_499, "999 Ko"), (1_240_000, "1,2 Mo")],
)
def test_weight_is_written_in_french(size: int, written: str) -> None:
    assert weight(size) == written.replace(" ", "\N{NO-BREAK SPACE}")


def test_pdf_is_given_under_a_sensible_name(client: Client, poster: PosterPage) -> None:
    response = client.get(f"/telechargements/{poster.pk}/a4.pdf")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="verrouiller-a4.pdf"'
    assert body(response) == PDF


def test_every_file_of_every_format_is_given(client: Client, gallery: ResourcesIndexPage) -> None:
    for page in (PosterPageFactory(parent=gallery), VideoPageFactory(parent=gallery)):
        downloads = downloads_of(page=page)
        assert len(downloads) == 2
        for download in downloads:
            response = client.get(download.url)
            assert response.status_code == 200
            assert len(body(response)) == download.file.size
            assert "octet-stream" not in response["Content-Type"]


def test_replaced_file_keeps_its_address(client: Client, poster: PosterPage) -> None:
    address = f"/telechargements/{poster.pk}/a4.pdf"
    first = client.get(address)
    body(first)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    poster.pdf = PdfFactory()
    poster.save()
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    body(second)
    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


def test_nothing_is_given_of_a_page_that_readers_cannot_see(
    client: Client, poster: PosterPage
) -> None:
    address = f"/telechargements/{poster.pk}/a4.pdf"
    restriction = PageViewRestriction.objects.create(
        page=poster, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(address).status_code == 404
    restriction.delete()
    poster.unpublish()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["a3.pdf", "a4.exe", "..", "a4.pdf%00"])
def test_unknown_file_is_not_found(client: Client, poster: PosterPage, name: str) -> None:
    assert client.get(f"/telechargements/{poster.pk}/{name}").status_code == 404


def test_lost_file_is_not_found(client: Client, poster: PosterPage) -> None:
    poster.pdf.file.storage.delete(poster.pdf.file.name)
    assert client.get(f"/telechargements/{poster.pk}/a4.pdf").status_code == 404


def test_files_are_only_read(client: Client, poster: PosterPage) -> None:
    address = f"/telechargements/{poster.pk}/a4.pdf"
    assert client.post(address).status_code == 405
    response = client.head(address)
    body(response)
    assert response.status_code == 200


def test_every_format_of_a_design_is_given(client: Client, gallery: ResourcesIndexPage) -> None:
    page = DrawnPosterFactory(parent=gallery)
    downloads = downloads_of(page=page)
    assert [one.name for one in downloads] == ["a4.pdf", "a3.pdf", "a5.pdf", "a4.png"]
    for download in downloads:
        response = client.get(download.url)
        content = body(response)
        assert len(content) == download.file.size
        assert content[:4] in {b"%PDF", b"\x89PNG"}
        assert (
            client.get(download.url, headers={"if-none-match": response["ETag"]}).status_code == 304
        )


def test_a_design_that_is_drawn_otherwise_has_another_etag(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    page = DrawnPosterFactory(parent=gallery)
    first = client.get(f"/telechargements/{page.pk}/a4.pdf")
    body(first)
    page.texts = {**page.texts, "headline": "Je pars,\nje verrouille."}
    page.save()
    second = client.get(f"/telechargements/{page.pk}/a4.pdf")
    body(second)
    assert first["ETag"] != second["ETag"]


@pytest.mark.parametrize("gone", [{"design": "disparue"}, {"figure": "disparue"}])
def test_a_page_whose_design_is_gone_still_answers(
    gone: dict[str, str], client: Client, gallery: ResourcesIndexPage
) -> None:
    page = DrawnPosterFactory(parent=gallery)
    PosterPage.objects.filter(pk=page.pk).update(**gone)
    assert client.get(page.url).status_code == 200
    assert client.get(f"/telechargements/{page.pk}/a4.pdf").status_code == 404
