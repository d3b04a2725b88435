"""The gallery."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign_assets.filters import AssetFilterSet
from content.models import ListingPage

from .assets import AssetPage


class ResourcesIndexPage(ListingPage):
    """`/ressources/`: every asset as a picture, filtered by audience, format and theme."""

    filterset_class = AssetFilterSet
    page_size = 24
    template = "campaign_assets/resources_index_page.html"
    max_count = 1
    subpage_types = [
        "campaign_assets.VideoPage",
        "campaign_assets.PosterPage",
        "campaign_assets.VisualPage",
        "campaign_assets.CardPage",
        "campaign_assets.TextAssetPage",
        "campaign_assets.KitPage",
    ]

    class Meta:
        verbose_name = _("galerie des ressources")

    def get_listing_queryset(self) -> models.QuerySet[Any]:
        return (
            AssetPage.objects.child_of(self)
            .offered()
            .current()
            .select_related("preview")
            .prefetch_related("audiences", "preview__renditions")
            .order_by("path")
        )
