"""A kit in a hospital's name: its brand on what is drawn, and a code for each place of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campaign_assets.branding.gaps import brand_gaps
from campaign_assets.branding.selectors import brand_from, brand_latest
from campaign_assets.designs import Brand
from campaign_assets.designs.texts import clean_line
from campaign_assets.models import AssetPage, DesignedPage, KitItem
from campaign_assets.models.posters import HungPage
from campaign_assets.models.workshop import PLACEMENT_LENGTH
from campaign_assets.selectors import Download, Step, downloads_of, drawn_downloads
from campaign_assets.workshop.selectors import codes_hung
from organisation.models import Establishment


@dataclass(frozen=True)
class KitHouse:
    """Whose kit it is. `codes` by page and placement; `gaps` is what its brand card leaves open."""

    establishment: Establishment
    brand: Brand
    codes: Mapping[tuple[int, str], str]
    gaps: Sequence[str]

    def code_at(self, step: Step) -> str:
        """That of the poster at this step's place; "" for what hangs nowhere, or has none yet."""
        return self.codes.get((step.asset.pk, placement_of(step.item)), "")

    def downloads_at(self, step: Step) -> list[Download]:
        """What is drawn, with the brand and the code; everything else as everybody has it."""
        page = step.asset
        if not isinstance(page, DesignedPage) or not page.is_drawn:
            return downloads_of(page=page)
        code = self.code_at(step)
        qr = page.qr(code) if code else None
        return drawn_downloads(page, brand=self.brand, qr=qr)


def kit_house(*, establishment: Establishment, steps: Iterable[Step] = ()) -> KitHouse:
    """With the codes of these steps, whose assets are of their own types. Two queries, and the
    logo's file."""
    card = brand_latest(establishment)
    brand = brand_from(establishment, card)
    places = [(step.asset.pk, placement_of(step.item)) for step in steps if is_hung(step.asset)]
    return KitHouse(
        establishment,
        brand,
        codes_hung(establishment=establishment, places=places),
        brand_gaps(brand, has_card=card is not None),
    )


def is_hung(page: AssetPage) -> bool:
    """Whether it is drawn with a code that says where it hangs."""
    return isinstance(page, HungPage) and page.is_drawn


def placement_of(item: KitItem) -> str:
    """The place of a step as codes are counted by it."""
    return clean_line(item.place)[:PLACEMENT_LENGTH].rstrip()
