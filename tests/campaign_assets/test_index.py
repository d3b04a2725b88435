from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaign_assets.enums import Theme
from campaign_assets.models import ResourcesIndexPage
from content.models import Audience

from .factories import PosterPageFactory, VideoPageFactory


def listed(client: Client, gallery: ResourcesIndexPage, **query: str) -> list[str]:
    response = client.get(gallery.url, query)
    assert response.status_code == 200
    return [page.title for page in response.context["page_obj"]]


def test_gallery_shows_every_published_asset_in_the_editors_order(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    PosterPageFactory(parent=gallery, title="Affiche")
    VideoPageFactory(parent=gallery, title="Vidéo")
    PosterPageFactory(parent=gallery, title="Brouillon", live=False)
    assert listed(client, gallery) == ["Affiche", "Vidéo"]


def test_gallery_filters_by_format_and_theme(client: Client, gallery: ResourcesIndexPage) -> None:
    PosterPageFactory(parent=gallery, title="Affiche", theme=Theme.USB)
    VideoPageFactory(parent=gallery, title="Vidéo", theme=Theme.CARD)
    assert listed(client, gallery, format="affiche") == ["Affiche"]
    assert listed(client, gallery, format="video") == ["Vidéo"]
    assert listed(client, gallery, theme="carte") == ["Vidéo"]
    assert listed(client, gallery, theme="carte", format="affiche") == []


def test_gallery_of_an_audience_keeps_what_is_for_all(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    one, other = Audience.objects.all()[:2]
    for title, audiences in (("Pour tous", []), ("Pour un", [one]), ("Pour l’autre", [other])):
        page = PosterPageFactory(parent=gallery, title=title)
        page.audiences = audiences
        page.save()
    assert listed(client, gallery, public=one.code) == ["Pour tous", "Pour un"]


def test_gallery_offers_only_themes_that_have_assets(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    PosterPageFactory(parent=gallery, theme=Theme.USB)
    PosterPageFactory(parent=gallery, theme=Theme.CARD, live=False)
    form = client.get(gallery.url).context["filterset"].form
    assert [value for value, _label in form.fields["theme"].choices] == ["", "cle-usb"]


@pytest.mark.parametrize(
    "query", [{"format": "hologramme"}, {"theme": "'"}, {"public": "x"}, {"page": "-3"}]
)
def test_gallery_bears_an_address_typed_wrong(
    client: Client, gallery: ResourcesIndexPage, query: dict[str, str]
) -> None:
    PosterPageFactory(parent=gallery, title="Affiche")
    assert listed(client, gallery, **query) == ["Affiche"]


def test_empty_gallery_says_so(client: Client, gallery: ResourcesIndexPage) -> None:
    assert "arrivent bientôt" in client.get(gallery.url).content.decode()
    filtered = client.get(gallery.url, {"format": "video"}).content.decode()
    assert "Aucune ressource ne correspond" in filtered


def test_gallery_makes_the_same_queries_for_twice_the_assets(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    def queries() -> int:
        client.get(gallery.url)  # makes the row of the site's settings
        client.get(gallery.url)  # makes the renditions
        with CaptureQueriesContext(connection) as captured:
            client.get(gallery.url)
        return len(captured)

    audience = Audience.objects.first()
    for _ in range(2):
        page = PosterPageFactory(parent=gallery)
        page.audiences = [audience]
        page.save()
        VideoPageFactory(parent=gallery)
    before = queries()
    for _ in range(2):
        page = PosterPageFactory(parent=gallery)
        page.audiences = [audience]
        page.save()
        VideoPageFactory(parent=gallery)
    assert queries() == before
