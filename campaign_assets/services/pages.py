"""Publishing the pages of assets."""

from __future__ import annotations

from collections.abc import Iterable

from campaign_assets.models import AssetPage, ResourcesIndexPage
from content.models import Audience


def asset_publish(
    index: ResourcesIndexPage, page: AssetPage, audiences: Iterable[Audience]
) -> None:
    """Add the page, and give it a first revision for editors to come back to."""
    page.audiences = list(audiences)
    index.add_child(instance=page)
    page.save_revision().publish()
