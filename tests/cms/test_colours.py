"""Every pair of the accent world is legible in both themes (WCAG 2.1, 1.4.3: 4.5 to 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css" / "site.css"
# The design system's page background and ordinary text.
THEMES = {":root": ("#ffffff", "#3a3a3a"), ':root[data-fr-theme="dark"]': ("#161616", "#cecece")}
NAMES = ["night", "signal", "coral", "mint"]


def colours(selector: str) -> dict[str, str]:
    body = re.search(re.escape(selector) + r" \{(.*?)\}", CSS.read_text(), re.DOTALL)
    assert body is not None
    return dict(re.findall(r"--tcv-([\w-]+): (#[0-9a-f]{6});", body.group(1)))


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_pairs_are_legible(theme: str, name: str) -> None:
    found = colours(theme)
    page, text = THEMES[theme]
    assert contrast(found[name], found[f"{name}-contrast"]) >= 4.5
    assert contrast(found[f"{name}-text"], page) >= 4.5
    assert contrast(found[f"{name}-text"], found[f"{name}-soft"]) >= 4.5
    assert contrast(text, found[f"{name}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_yellow_is_legible_on_the_night_band(theme: str) -> None:
    found = colours(theme)
    assert contrast(found["signal"], found["night"]) >= 4.5
