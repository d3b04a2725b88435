"""The starter assets: what is committed, and what loading makes of it."""

from __future__ import annotations

import re

from django.test import Client
from wagtail.models import Site

from campaign_assets.models import AssetPage
from starter.assets import resources_load
from starter.assets.video import VIDEO
from tests.campaign_assets.factories import ResourcesIndexPageFactory

MAX_VIDEO_BYTES = 600_000
TIME = re.compile(r"(\d\d):(\d\d\.\d{3})")


def test_loading_publishes_once_and_keeps_what_editors_changed(db: None, client: Client) -> None:
    index = ResourcesIndexPageFactory(parent=Site.objects.get(is_default_site=True).root_page)
    assert resources_load(index) == 24
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


def test_video_is_small_h264_and_plays_while_it_loads() -> None:
    raw = VIDEO.file.read_bytes()
    assert len(raw) < MAX_VIDEO_BYTES
    assert raw[4:8] == b"ftyp"
    assert b"avc1" in raw
    assert raw.index(b"moov") < raw.index(b"mdat")


def test_captions_follow_each_other_within_the_video() -> None:
    times = [
        int(minutes) * 60 + float(seconds)
        for minutes, seconds in TIME.findall(VIDEO.captions.read_text(encoding="utf-8"))
    ]
    assert times == sorted(times)
    assert times[0] == 0
    assert times[-1] == VIDEO.duration
