"""The steps of kits, and the kits of an asset."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from campaign_assets.models import AssetPage, KitItem, KitPage
from campaign_assets.selectors.offered import newest_of


@dataclass(frozen=True)
class Step:
    """A step of a kit's plan with the asset that is published now."""

    item: KitItem
    asset: AssetPage


def kit_steps(*, kit: KitPage) -> list[Step]:
    """The steps whose asset is published; one that was replaced stands as its newest version.
    A fixed number of queries."""
    items = list(kit.items.select_related("asset"))
    newest = newest_of(pages=[item.asset for item in items])
    return [Step(item, newest[item.asset_id]) for item in items if item.asset_id in newest]


def kits_offered() -> QuerySet[KitPage]:
    """The published kits, as the tree has them."""
    offered = AssetPage.objects.offered()
    kits: QuerySet[KitPage] = KitPage.objects.filter(pk__in=offered.values("pk"))
    return kits.order_by("path")


def kits_with(*, page: AssetPage) -> list[KitPage]:
    """The published kits that hold the asset."""
    return list(kits_offered().filter(items__asset=page).distinct())
