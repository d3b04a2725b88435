"""Tags of the pages of assets."""

from __future__ import annotations

from django import template

from campaign_assets.models import AssetPage
from campaign_assets.selectors import Download, downloads_of

register = template.Library()


@register.simple_tag
def asset_downloads(page: AssetPage) -> list[Download]:
    """The files that the page of an asset offers."""
    return downloads_of(page=page)
