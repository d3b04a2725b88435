"""Tags of the pages of assets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaign_assets.access import only_one_of
from campaign_assets.branding.gaps import brand_gaps
from campaign_assets.branding.selectors import brand_from, brand_latest
from campaign_assets.covers import covers_give
from campaign_assets.models import AssetPage, KitPage, TextAssetPage
from campaign_assets.selectors import Download, Step, downloads_of, kit_steps, kits_with
from campaign_assets.text_files import text_plain
from organisation.models import Establishment
from users.models import User

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


@dataclass(frozen=True, slots=True)
class OwnKit:
    """The only establishment that the reader speaks for, its name on posters, what is missing."""

    establishment: Establishment
    name: str
    gaps: list[str]


@register.simple_tag
def kit_for_own(user: User | AnonymousUser) -> OwnKit | None:
    """For one click; who speaks for several is asked for which, and others sign in first."""
    establishment = only_one_of(user)
    if establishment is None:
        return None
    card = brand_latest(establishment)
    brand = brand_from(establishment, card)
    gaps = brand_gaps(brand, has_card=card is not None)
    return OwnKit(establishment, brand.name, gaps)


@register.simple_tag
def text_to_copy(page: TextAssetPage) -> str:
    return text_plain(page)


@register.simple_tag
def gallery_address(page: AssetPage, **filters: str) -> str:
    """The gallery of the asset with these filters."""
    return f"{page.get_parent().url}?{urlencode(filters)}"


@register.filter
def long_day(day: dt.date) -> str:
    """«1er octobre 2026»."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {date_format(day, 'F Y')}"


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
