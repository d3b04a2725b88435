"""What a card of the gallery shows where one picture of the asset is not all.

A kit shows the first of its assets, a text its first words, a video how long it is. One query for
each of these kinds, however many cards there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import strip_tags
from django.utils.text import Truncator

from campaign_assets.enums import AssetFormat, TextKind
from campaign_assets.models import AssetPage, KitItem, TextAssetPage, VideoPage
from content.models import SiteImage

COLLAGE = 4
EXCERPT = 240  # characters


@dataclass
class Cover:
    """`pictures` of a kit; `excerpt` of a text under its `heading`; `duration` of a video in
    seconds."""

    pictures: list[SiteImage] = field(default_factory=list)
    heading: str = ""
    excerpt: str = ""
    duration: float | None = None


def covers_give(*, pages: Sequence[AssetPage]) -> None:
    """Set `cover` on each page."""
    covers = {page.pk: Cover() for page in pages}
    of_format: dict[str, list[int]] = defaultdict(list)
    for page in pages:
        of_format[page.format].append(page.pk)
    _kits(covers, of_format[AssetFormat.KIT])
    _texts(covers, [pk for kind in TextKind.values for pk in of_format[kind]])
    _videos(covers, of_format[AssetFormat.VIDEO])
    for page in pages:
        page.cover = covers[page.pk]


def _kits(covers: dict[int, Cover], kits: list[int]) -> None:
    if not kits:
        return
    items = (
        KitItem.objects.filter(kit__in=kits, asset__preview__isnull=False)
        .filter(asset__in=AssetPage.objects.offered())
        .order_by("kit", "sort_order")
        .select_related("asset__preview")
        .prefetch_related("asset__preview__renditions")
    )
    # Upright ones first: cut to a tile of the collage they still show what they are.
    for item in sorted(items, key=lambda item: _lies(item.asset.preview)):
        pictures = covers[item.kit_id].pictures
        if len(pictures) < COLLAGE and item.asset.preview not in pictures:
            pictures.append(item.asset.preview)


def _lies(picture: SiteImage) -> bool:
    return bool(picture.width > picture.height)


def _texts(covers: dict[int, Cover], texts: list[int]) -> None:
    if not texts:
        return
    for pk, heading, text in TextAssetPage.objects.filter(pk__in=texts).values_list(
        "pk", "heading", "text"
    ):
        covers[pk].heading = heading
        words = strip_tags(text.replace("><", "> <")).strip()
        covers[pk].excerpt = Truncator(words).chars(EXCERPT)


def _videos(covers: dict[int, Cover], videos: list[int]) -> None:
    if not videos:
        return
    for pk, duration in VideoPage.objects.filter(pk__in=videos).values_list(
        "pk", "video__duration"
    ):
        covers[pk].duration = duration
