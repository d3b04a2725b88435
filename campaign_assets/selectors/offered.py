"""The assets that anybody may have now."""

from __future__ import annotations

from collections.abc import Iterable

from campaign_assets.models import AssetPage


def asset_public(*, page_id: int) -> AssetPage | None:
    """The published asset that anybody may see, as its own type."""
    page = AssetPage.objects.offered().filter(pk=page_id).first()
    return page.specific if page else None


def newest_of(*, pages: Iterable[AssetPage]) -> dict[int, AssetPage]:
    """The page that stands for each one today, by its id: itself or what has replaced it, if
    anybody may have that. Two queries."""
    wanted = list(pages)
    links = dict(
        AssetPage.objects.exclude(superseded_by=None).values_list("pk", "superseded_by_id")
    )
    offered = (
        AssetPage.objects.offered()
        .select_related("preview")
        .prefetch_related("preview__renditions")
    )
    last = {page.pk: _chain(page.pk, links) for page in wanted}
    found = offered.in_bulk({pk for chain in last.values() for pk in chain})
    newest = {
        pk: next((c for c in reversed(chain) if c in found), None) for pk, chain in last.items()
    }
    return {pk: found[last_pk] for pk, last_pk in newest.items() if last_pk is not None}


def _chain(pk: int, links: dict[int, int]) -> list[int]:
    """The asset and what replaced it, one after the other; a circle is walked once."""
    chain = [pk]
    while (follows := links.get(chain[-1])) is not None and follows not in chain:
        chain.append(follows)
    return chain
