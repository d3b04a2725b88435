"""Press texts and intranet messages: read, copied, taken along."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from django.test import Client

from campaign_assets.models import ResourcesIndexPage, TextAssetPage

from .factories import CampaignFactory, KitItemFactory, KitPageFactory, TextAssetPageFactory


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_format_is_what_the_text_is_sent_as(gallery: ResourcesIndexPage) -> None:
    page: TextAssetPage = TextAssetPageFactory(parent=gallery, kind="presse")
    assert page.format == "presse"
    page.kind = "message"
    page.save()
    assert page.get_format_display() == "Message intranet"


def test_text_is_taken_as_plain_text_and_as_open_document(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    page = TextAssetPageFactory(
        parent=gallery, slug="msg", text='<p>Voir <a href="/modules/">ici</a></p>'
    )
    plain = client.get(f"/telechargements/{page.pk}/texte.txt")
    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert plain["Content-Disposition"] == 'attachment; filename="msg-texte.txt"'
    text = body(plain).decode("utf-8-sig")
    assert text.startswith("Verrouillez votre session\r\n")
    assert "/modules/)" in text
    assert "(/modules/" not in text  # an address that leaves the site says its host
    odt = client.get(f"/telechargements/{page.pk}/texte.odt")
    assert b"Voir" in zipfile.ZipFile(io.BytesIO(body(odt))).read("content.xml")


def test_text_that_is_rewritten_has_another_etag(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    page = TextAssetPageFactory(parent=gallery)
    address = f"/telechargements/{page.pk}/texte.odt"
    first = client.get(address)
    body(first)
    etag = {"if-none-match": first["ETag"]}
    assert client.get(address, headers=etag).status_code == 304
    page.text = "<p>Autre chose.</p>"
    page.save()
    second = client.get(address, headers=etag)
    body(second)
    assert second.status_code == 200


def test_page_says_where_it_belongs_and_what_replaces_it(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    campaign = CampaignFactory(code="automne", name="L’automne vigilant")
    new = TextAssetPageFactory(parent=gallery, title="Nouveau", campaign=campaign)
    old = TextAssetPageFactory(parent=gallery, superseded_by=new, campaign=campaign)
    KitItemFactory(kit=KitPageFactory(parent=gallery, title="Kit"), asset=old)
    html = client.get(old.url).content.decode()
    assert "Une version plus récente existe" in html
    assert f'href="{new.url}"' in html
    assert "?campagne=automne" in html
    assert ">Kit</a>" in html
    response = client.get(f"/telechargements/{old.pk}/texte.txt")
    body(response)
    assert response["Link"] == f'<{new.url}>; rel="successor-version"'
    assert "version plus récente" not in client.get(new.url).content.decode()
