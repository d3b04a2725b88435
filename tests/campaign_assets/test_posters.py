"""The series: every poster, as it comes out."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from campaign_assets.posters.design import FIGURES, WORLDS, PosterDesign
from campaign_assets.services import poster_pdf_render, poster_png_render
from documents.services import PACKAGES
from starter.assets.posters import SERIES, StarterPoster
from tests.support.pdf import pdf_fonts, pdf_info, pdf_text

POSTERS = Path(__file__).resolve().parents[2] / "campaign_assets" / "posters"
MAX_WORDS = 7
DANGERS = {"hameconnage", "cle-usb", "rancongiciel"}
every_poster = pytest.mark.parametrize("poster", SERIES, ids=lambda poster: poster.slug)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of «#rrggbb»."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def worlds() -> dict[str, dict[str, str]]:
    charte = (PACKAGES / "local" / "charte" / "1.0.0" / "colours.typ").read_text()
    colours = dict(re.findall(r'#let (\w+) = rgb\("(#\w{6})"\)', charte))
    source = (POSTERS / "palette.typ").read_text()
    found = re.findall(r"^  ([a-z-]+): \((.+)\),$", source, re.MULTILINE)
    return {
        name: {role: colours[colour] for role, colour in re.findall(r"(\w+): (\w+)", roles)}
        for name, roles in found
    }


@every_poster
def test_headline_is_short_and_coral_is_for_danger(poster: StarterPoster) -> None:
    words = re.findall(r"\w[\w’]*", " ".join(poster.design.headline))
    assert len(words) <= MAX_WORDS
    assert ("coral" in poster.design.world) == (poster.theme in DANGERS)


@every_poster
def test_poster_is_one_tagged_a4_page_with_its_words(poster: StarterPoster, tmp_path: Path) -> None:
    file = tmp_path / "poster.pdf"
    file.write_bytes(poster_pdf_render(design=poster.design))
    info = pdf_info(file)
    assert (info["Pages"], info["Tagged"]) == ("1", "yes")
    assert info["Page size"].endswith("(A4)")
    assert info["Title"].replace("\N{NO-BREAK SPACE}", " ") == " ".join(
        poster.design.headline
    ).replace("\N{NO-BREAK SPACE}", " ")
    assert all(pdf_fonts(file).values())
    read = " ".join(pdf_text(file).split())
    for line in (*poster.design.headline, *poster.design.gesture):
        assert line.replace("\N{NO-BREAK SPACE}", " ") in read


@every_poster
def test_figure_is_told_to_who_does_not_see_it(poster: StarterPoster) -> None:
    raw = poster_pdf_render(design=poster.design)
    assert b"/S/Figure" in raw
    assert re.search(rb"/Alt\s*[(<]", raw)


def test_names_of_figures_and_worlds_are_those_of_the_templates() -> None:
    assert tuple(worlds()) == WORLDS
    declared = (POSTERS / "figures.typ").read_text().split("#let figures")[1]
    assert tuple(re.findall(r"^  (\w+):", declared, re.MULTILINE)) == FIGURES


@pytest.mark.parametrize("world", WORLDS)
def test_words_stand_out_from_the_ground(world: str) -> None:
    colours = worlds()[world]
    assert contrast(colours["ground"], colours["ink"]) >= 4.5


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_drawn_in_every_world(figure: str) -> None:
    base = SERIES[0].design
    pictures = set()
    for world in WORLDS:
        design = PosterDesign(**{**vars(base), "figure": figure, "world": world})
        pictures.add(poster_png_render(design=design, ppi=18))
    assert len(pictures) == len(WORLDS)


def test_preview_has_the_size_of_the_gallery() -> None:
    picture = Image.open(BytesIO(poster_png_render(design=SERIES[0].design)))
    assert picture.size == (909, 1286)
