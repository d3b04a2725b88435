"""The pictures that exercises ask about: what is committed, and what loading makes of them."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from content.models import SiteImage
from courses.blocks import LessonBodyBlock
from starter.assets import picture_ensure
from starter.assets.pictures import HEIGHT, PICTURES, WIDTH, StarterPicture, picture_draw
from starter.content.hotspots import RECEPTION, WARD_DESK
from starter.content.schema import Block
from starter.loading.links import raw_blocks

MAX_BYTES = 30_000

every_picture = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


@every_picture
def test_what_is_committed_is_small_and_what_its_drawing_shows(picture: StarterPicture) -> None:
    assert picture.file.stat().st_size < MAX_BYTES
    committed = Image.open(picture.file).convert("RGB")
    assert committed.size == (WIDTH, HEIGHT)
    drawn = Image.open(BytesIO(picture_draw(picture))).convert("RGB")
    difference = ImageStat.Stat(ImageChops.difference(committed, drawn))
    assert max(difference.mean) < 2  # of 255: a palette holds fewer shades


@every_picture
def test_it_is_stored_once_with_its_text_alternative(picture: StarterPicture, db: None) -> None:
    stored = picture_ensure(picture.name)
    assert stored.description == picture.alt
    stored.full_clean()
    assert picture_ensure(picture.name) == stored
    assert SiteImage.objects.count() == 1


@pytest.mark.parametrize("block", [WARD_DESK, RECEPTION], ids=["ward-desk", "reception"])
def test_a_hotspot_is_loaded_with_its_picture_and_passes_the_editors_checks(
    block: Block, db: None
) -> None:
    (raw,) = raw_blocks([block], {})
    hotspot = LessonBodyBlock().child_blocks["hotspot"]
    value = hotspot.clean(hotspot.to_python(raw["value"]))
    assert value["image"] == SiteImage.objects.get()
    assert all(area["label"] and area["feedback"] for area in value["areas"])
