"""Publishing kits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from campaign_assets.enums import Theme
from campaign_assets.models import KitItem, KitPage, ResourcesIndexPage
from campaign_assets.services.pages import asset_publish
from content.models import Audience


@transaction.atomic
def kit_publish(
    *,
    index: ResourcesIndexPage,
    slug: str,
    title: str,
    theme: Theme,
    summary: str,
    plan: str,
    items: Sequence[KitItem],
    credit: str,
    audiences: Iterable[Audience] = (),
) -> KitPage:
    """Publish a kit under `index`, its steps in the order given. `plan` is rich text."""
    page = KitPage(slug=slug, title=title, theme=theme, summary=summary, plan=plan, credit=credit)
    for number, item in enumerate(items):
        item.sort_order = number
    page.items = list(items)
    asset_publish(index, page, audiences)
    return page
