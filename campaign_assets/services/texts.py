"""Publishing texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from campaign_assets.enums import TextKind, Theme
from campaign_assets.models import ResourcesIndexPage, TextAssetPage
from campaign_assets.services.pages import asset_publish
from content.models import Audience


@transaction.atomic
def text_publish(
    *,
    index: ResourcesIndexPage,
    slug: str,
    title: str,
    kind: TextKind,
    theme: Theme,
    summary: str,
    heading: str,
    text: str,
    advice: str,
    credit: str,
    audiences: Iterable[Audience] = (),
) -> TextAssetPage:
    """Publish a text to copy under `index`. `text` and `advice` are rich text."""
    page = TextAssetPage(
        slug=slug,
        title=title,
        kind=kind,
        theme=theme,
        summary=summary,
        heading=heading,
        text=text,
        advice=advice,
        credit=credit,
    )
    asset_publish(index, page, audiences)
    return page
