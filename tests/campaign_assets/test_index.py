from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from campaign_assets.enums import Theme
from campaign_assets.models import PosterPage, ResourcesIndexPage
from content.models import Audience

from .factories import (
    CampaignFactory,
    KitItemFactory,
    KitPageFactory,
    PosterPageFactory,
    TextAssetPageFactory,
    VideoPageFactory,
)


def listed(client: Client, gallery: ResourcesIndexPage, **query: Any) -> list[str]:
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


def test_gallery_filters_by_campaign_and_language(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    campaign = CampaignFactory(code="automne", name="L’automne vigilant")
    PosterPageFactory(parent=gallery, title="Dedans", campaign=campaign)
    PosterPageFactory(parent=gallery, title="Dehors", language="en")
    assert listed(client, gallery, campagne="automne") == ["Dedans"]
    assert listed(client, gallery, langue="en") == ["Dehors"]
    html = client.get(gallery.url, {"campagne": "automne"}).content.decode()
    assert "Du 1er octobre 2026 au 31 décembre 2026" in html
    assert "Que chacun verrouille sa session." in html


def test_gallery_takes_several_formats_at_once(client: Client, gallery: ResourcesIndexPage) -> None:
    PosterPageFactory(parent=gallery, title="Affiche")
    VideoPageFactory(parent=gallery, title="Vidéo")
    TextAssetPageFactory(parent=gallery, title="Message")
    TextAssetPageFactory(parent=gallery, title="Communiqué", kind="presse")
    found = listed(client, gallery, format=["affiche", "presse"])
    assert found == ["Affiche", "Communiqué"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("securite", True), ("SÉCU", True), ("pause sécurité", True), ("curite", False), ("%", True)],
)
def test_gallery_finds_beginnings_of_words_whatever_the_accents(
    words: str, found: bool, client: Client, gallery: ResourcesIndexPage
) -> None:
    PosterPageFactory(parent=gallery, title="La sécurité en pause", theme=Theme.USB)
    assert bool(listed(client, gallery, q=words)) is found


def test_each_filter_can_be_taken_back_alone(client: Client, gallery: ResourcesIndexPage) -> None:
    PosterPageFactory(parent=gallery, theme=Theme.USB)
    query = {"format": ["affiche"], "theme": "cle-usb", "page": "1"}
    chosen = client.get(gallery.url, query).context["filterset"].chosen
    assert [(str(one.label), one.query) for one in chosen] == [
        ("Affiche", "theme=cle-usb"),
        ("Clé USB inconnue", "format=affiche"),
    ]


def test_filters_keep_what_was_chosen(client: Client, gallery: ResourcesIndexPage) -> None:
    PosterPageFactory(parent=gallery)
    html = client.get(gallery.url, {"format": "affiche", "q": "verrou"}).content.decode()
    assert 'value="verrou"' in html
    assert 'value="affiche" id="id_format_0" checked' in html.replace("\n", "")


def test_what_a_published_newer_version_replaces_leaves_the_gallery(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    new = PosterPageFactory(parent=gallery, title="Nouvelle", live=False)
    PosterPageFactory(parent=gallery, title="Ancienne", superseded_by=new)
    assert listed(client, gallery) == ["Ancienne"]
    new.save_revision().publish()
    assert listed(client, gallery) == ["Nouvelle"]


def test_expired_and_restricted_assets_are_not_listed(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    past = timezone.now() - dt.timedelta(seconds=1)
    PosterPageFactory(parent=gallery, title="Expirée", expire_at=past)
    secret = PosterPageFactory(parent=gallery, title="Réservée")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    assert listed(client, gallery) == []


def test_gallery_makes_the_same_queries_for_twice_the_assets(
    client: Client, gallery: ResourcesIndexPage
) -> None:
    def queries() -> int:
        client.get(gallery.url)  # makes the row of the site's settings
        client.get(gallery.url)  # makes the renditions
        with CaptureQueriesContext(connection) as captured:
            client.get(gallery.url)
        return len(captured)

    def fill() -> None:
        for _ in range(2):
            page = PosterPageFactory(parent=gallery, campaign=CampaignFactory())
            page.audiences = list(Audience.objects.all()[:2])
            page.save()
            VideoPageFactory(parent=gallery)
            TextAssetPageFactory(parent=gallery)
            kit = KitPageFactory(parent=gallery)
            for asset in PosterPage.objects.all():
                KitItemFactory(kit=kit, asset=asset)

    fill()
    before = queries()
    fill()
    assert queries() == before
