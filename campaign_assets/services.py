"""Making assets."""

from __future__ import annotations

from campaign_assets.posters.series import CAMPAIGN, FOOTER, NUMBER_LABEL, Poster


def poster_data(*, poster: Poster) -> dict[str, object]:
    """What `poster.typ` reads of a poster."""
    return {
        "campaign": CAMPAIGN,
        "figure": poster.figure,
        "world": poster.world,
        "headline": poster.headline,
        "gesture": poster.gesture,
        "alt": poster.alt,
        "footer": FOOTER,
        "number_label": NUMBER_LABEL,
    }
