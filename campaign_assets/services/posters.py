"""Rendering and publishing posters."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.html import format_html, format_html_join

from campaign_assets.enums import Theme
from campaign_assets.models import PosterPage, ResourcesIndexPage
from campaign_assets.posters.design import TEMPLATE, PosterDesign
from campaign_assets.services.files import document_create, image_create
from campaign_assets.services.pages import asset_publish
from content.models import Audience
from documents.services import pdf_render, png_render

# The files say when the series was drawn, not when this site made them: equal input, equal bytes.
SERIES_DRAWN_AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PREVIEW_PPI = 110  # 909 × 1286 pixels


def poster_pdf_render(*, design: PosterDesign) -> bytes:
    """The poster as A4, PDF/UA-1."""
    return pdf_render(template=TEMPLATE, data=dataclasses.asdict(design), timestamp=SERIES_DRAWN_AT)


def poster_png_render(*, design: PosterDesign, ppi: float = PREVIEW_PPI) -> bytes:
    """The poster as a picture, A4 at `ppi` pixels per inch."""
    return png_render(template=TEMPLATE, data=dataclasses.asdict(design), ppi=ppi)


@transaction.atomic
def poster_publish(
    *,
    index: ResourcesIndexPage,
    slug: str,
    design: PosterDesign,
    theme: Theme,
    summary: str,
    placement: Sequence[str],
    credit: str,
    audiences: Iterable[Audience] = (),
) -> PosterPage:
    """Render the poster and publish its page under `index`, with its picture and its PDF."""
    headline = " ".join(design.headline)
    page = PosterPage(
        slug=slug,
        title=headline,
        summary=summary,
        theme=theme,
        headline=headline,
        gesture=" ".join(design.gesture),
        footer=design.footer,
        placement=_html_list(placement),
        credit=credit,
        preview=image_create(
            title=headline,
            alt=design.alt,
            credit=credit,
            filename=f"affiche-{slug}.png",
            content=poster_png_render(design=design),
        ),
        pdf=document_create(
            title=headline,
            filename=f"affiche-{slug}-a4.pdf",
            content=poster_pdf_render(design=design),
        ),
    )
    asset_publish(index, page, audiences)
    return page


def _html_list(items: Sequence[str]) -> str:
    if not items:
        return ""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((i,) for i in items)))
