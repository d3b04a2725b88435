"""Contrast, as WCAG 2.2 counts it."""

from __future__ import annotations

import re

ENOUGH = 4.5  # WCAG 2.2, 1.4.3, level AA, for text of any size
NIGHT, PAPER, BLACK = "#0f1b4c", "#ffffff", "#000000"  # the campaign's, as in the charte package
COLOUR = re.compile(r"#[0-9a-f]{6}")


def contrast(one: str, other: str) -> float:
    """From 1 to 21, between two colours written «#rrggbb»."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ink_on(ground: str) -> str:
    """The campaign's white or night, whichever reads on `ground`; black where neither does."""
    best = max((PAPER, NIGHT), key=lambda ink: contrast(ground, ink))
    return best if contrast(ground, best) >= ENOUGH else BLACK


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
