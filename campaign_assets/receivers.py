"""What publishing a drawing brings along, and what follows when hospitals become one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Revision
from wagtail.signals import page_published

from campaign_assets.branding.services import brands_follow_merge
from campaign_assets.models import CardPage, DesignedPage, PosterPage, VisualPage
from campaign_assets.models.posters import HungPage
from campaign_assets.reach.services import reach_follows_merge
from campaign_assets.services import preview_make
from campaign_assets.workshop.services import adaptations_follow_merge, campaign_link_keep
from organisation.signals import EstablishmentsMerge, establishments_merged


def connect() -> None:
    establishments_merged.connect(own_material_follows)
    for model in (PosterPage, VisualPage, CardPage):
        page_published.connect(designed_published, sender=model)


def own_material_follows(change: EstablishmentsMerge, **kwargs: Any) -> None:
    """What was made in the name of an emptied establishment goes on in that of its new house."""
    brands_follow_merge(targets=change.targets)
    adaptations_follow_merge(targets=change.targets)
    reach_follows_merge(targets=change.targets)


def designed_published(
    instance: DesignedPage, revision: Revision | None = None, **kwargs: Any
) -> None:
    """Show in the gallery what the page now draws, or the PDF it carries, and give its own prints a
    code."""
    preview_make(page=instance, revision=revision)
    if isinstance(instance, HungPage) and instance.is_drawn:
        campaign_link_keep(page=instance, now=timezone.now())
