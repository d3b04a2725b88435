"""Tags of the pages of assets."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext as _

from campaign_assets.covers import covers_give
from campaign_assets.models import AssetPage, KitPage, TextAssetPage
from campaign_assets.selectors import Download, Step, downloads_of, kit_steps, kits_with
from campaign_assets.text_files import text_plain
from users.days import long_day

register = template.Library()

MINUTE = 60  # seconds


@register.simple_tag
def asset_downloads(page: AssetPage) -> list[Download]:
    """The files that the page of an asset offers."""
    return downloads_of(page=page)


@register.simple_tag
def asset_covers(pages: Iterable[AssetPage]) -> str:
    """Let each page have its `cover`; shows nothing."""
    covers_give(pages=list(pages))
    return ""


@register.simple_tag
def asset_kits(page: AssetPage) -> list[KitPage]:
    """The published kits in which the asset is."""
    return kits_with(page=page)


@register.simple_tag
def kit_plan(page: KitPage) -> list[Step]:
    """The steps of the kit's plan."""
    return kit_steps(kit=page)


@register.simple_tag
def text_to_copy(page: TextAssetPage) -> str:
    return text_plain(page)


@register.simple_tag
def gallery_address(page: AssetPage, **filters: str) -> str:
    """The gallery of the asset with these filters."""
    return f"{page.get_parent().url}?{urlencode(filters)}"


register.filter(long_day)


@register.filter
def duration(seconds: float | None) -> str:
    """«0:45», «3:07»: as players write it."""
    whole = round(seconds or 0)
    return f"{whole // MINUTE}:{whole % MINUTE:02d}"


@register.filter
def duration_words(seconds: float | None) -> str:
    """«45 secondes», «3 min 7 s»: as it is read out."""
    whole = round(seconds or 0)
    if whole < MINUTE:
        return _("%(seconds)d secondes") % {"seconds": whole}
    return _("%(minutes)d min %(seconds)d s") % {
        "minutes": whole // MINUTE,
        "seconds": whole % MINUTE,
    }
