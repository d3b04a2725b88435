"""The accent colour of a footer band: what may be written on it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import colorsys
import re

from campaign_assets.designs.colours import ENOUGH, NIGHT, PAPER, contrast

INKS = (PAPER, NIGHT)
_HEX = re.compile(r"#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STEPS = 255


def colour_normal(text: str) -> str:
    """«#0F1B4C», «0f1b4c», «#abc» as «#rrggbb». Raises ValueError for anything else."""
    match = _HEX.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no colour: {text[:20]!r}")
    digits = match[1].lower()
    return "#" + ("".join(sign * 2 for sign in digits) if len(digits) == 3 else digits)


def is_readable(accent: str) -> bool:
    """Whether the campaign's white or its night can be read on it."""
    return max(contrast(ink, accent) for ink in INKS) >= ENOUGH


def colour_nearest(accent: str) -> str:
    """The colour of the same hue on which text is readable, as near in lightness as can be."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(accent))
    shades = (
        _hex(colorsys.hls_to_rgb(hue, shade / _STEPS, saturation))
        for shade in sorted(range(_STEPS + 1), key=lambda s: abs(s / _STEPS - lightness))
    )
    return accent if is_readable(accent) else next(filter(is_readable, shades))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + bytes(round(channel * 255) for channel in channels).hex()
