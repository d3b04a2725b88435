"""The starter assets: what is committed, and what loading makes of it."""

from __future__ import annotations

from django.test import Client
from wagtail.models import Site

from campaign_assets.models import AssetPage
from starter.assets import resources_load
from starter.assets.cards import CARDS
from starter.assets.kits import KITS
from starter.assets.posters import SERIES
from starter.assets.texts import TEXTS
from starter.assets.video import VIDEOS
from starter.assets.visuals import VISUALS
from tests.campaign_assets.factories import ResourcesIndexPageFactory


def test_loading_publishes_once_and_keeps_what_editors_changed(db: None, client: Client) -> None:
    index = ResourcesIndexPageFactory(parent=Site.objects.get(is_default_site=True).root_page)
    drawn = len(SERIES) + len(VISUALS) + len(CARDS)
    assert resources_load(index) == drawn + len(VIDEOS) + len(TEXTS) + len(KITS)
    page = AssetPage.objects.first()
    assert page is not None
    AssetPage.objects.filter(pk=page.pk).update(summary="Retouché.")
    assert resources_load(index) == 0
    page.refresh_from_db()
    assert page.summary == "Retouché."
    for asset in AssetPage.objects.specific():
        asset.full_clean()
        assert asset.live
        assert client.get(asset.url).status_code == 200
