"""What a poster of the series is made of, besides its typst files.

A poster is a figure of `figures.typ` in a world of `palette.typ` under a headline of at most seven
words. Coral worlds are kept for dangers.
"""

from __future__ import annotations

from dataclasses import dataclass

TEMPLATE = "campaign_assets/posters/poster.typ"
FIGURES = ("session", "phishing", "passwords", "card", "usb", "reporting")
WORLDS = (
    "night-signal",
    "signal-night",
    "night-coral",
    "coral-night",
    "night-mint",
    "mint-night",
)


@dataclass(frozen=True)
class PosterDesign:
    """`headline` and `gesture` come as the lines they are set on. `alt` says what the drawing
    brings, without the words."""

    figure: str
    world: str
    headline: tuple[str, ...]
    gesture: tuple[str, ...]
    alt: str
    campaign: str
    footer: str
    number_label: str
