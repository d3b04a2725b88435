"""Reading brand cards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.db.models.fields.files import FieldFile

from campaign_assets.branding.services import state_changes
from campaign_assets.designs import Brand
from campaign_assets.models import BrandState
from organisation.models import Establishment


def brand_of(establishment: Establishment) -> Brand:
    """How an establishment appears; without a card, by its name and its contacts alone."""
    return brand_from(establishment, brand_latest(establishment))


def brand_from(establishment: Establishment, state: BrandState | None) -> Brand:
    """The brand that a card makes, with the establishment's own contacts of today."""
    brand = Brand(
        name=establishment.name,
        hotline=establishment.hotline,
        security_contact=establishment.security_contact_name,
    )
    if state is None:
        return brand
    logo = _bytes(state.logo)
    return replace(
        brand,
        name=state.name,
        logo=logo,
        logo_type=_logo_type(state) if logo is not None else None,
        intranet=state.intranet,
        accent=state.accent,
    )


def _logo_type(state: BrandState) -> Literal["svg", "png"]:
    return "svg" if state.logo_type == "svg" else "png"


def brand_latest(establishment: Establishment) -> BrandState | None:
    """The card as it is now."""
    return BrandState.objects.filter(establishment=establishment).first()


@dataclass(frozen=True, slots=True)
class Change:
    """A state, and the names of the fields in which it differs from the one before."""

    state: BrandState
    fields: list[str]


def brand_history(establishment: Establishment) -> list[Change]:
    """Every state, the newest first."""
    states = list(
        BrandState.objects.filter(establishment=establishment).select_related(
            "saved_by", "restored_from"
        )
    )
    earlier = [*states, None][1:]
    return [
        Change(state, state_changes(before, state))
        for state, before in zip(states, earlier, strict=True)
    ]


def _bytes(logo: FieldFile) -> bytes | None:
    """The logo's content; a file that storage lost is a missing logo, never a broken page."""
    if not logo:
        return None
    try:
        with logo.open("rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None
