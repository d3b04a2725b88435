"""What publishing a drawing brings along."""

from __future__ import annotations

from typing import Any

from wagtail.models import Revision
from wagtail.signals import page_published

from campaign_assets.models import CardPage, DesignedPage, PosterPage, VisualPage
from campaign_assets.services import preview_make


def connect() -> None:
    for model in (PosterPage, VisualPage, CardPage):
        page_published.connect(designed_published, sender=model)


def designed_published(
    instance: DesignedPage, revision: Revision | None = None, **kwargs: Any
) -> None:
    """Show in the gallery what the page now draws."""
    preview_make(page=instance, revision=revision)
