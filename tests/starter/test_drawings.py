"""The starter posters, visuals and cards: their words, and that each can be drawn for anybody."""

from __future__ import annotations

import re

import pytest

from campaign_assets.designs import Brand, Kind, QrTarget, Work, design_get, rendered
from campaign_assets.designs.registry import Format
from campaign_assets.enums import Theme
from starter.assets.cards import CARDS
from starter.assets.drawings import Drawing
from starter.assets.posters import SERIES
from starter.assets.visuals import VISUALS

DRAWINGS = SERIES + VISUALS + CARDS
DANGERS = {Theme.PHISHING, Theme.USB, Theme.RANSOMWARE}
LONG_NAME = (
    "Groupement hospitalier de territoire Bretagne occidentale – Centre hospitalier régional et "
    "universitaire de Brest"
)
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">'
    b'<rect width="200" height="100" fill="#00796b"/></svg>'
)
BRAND = Brand(
    name=LONG_NAME,
    logo=LOGO,
    logo_type="svg",
    intranet="intranet.chu-brest.example/cyber",
    hotline="02 98 22 33 33",
    security_contact="rssi@chu-brest.example",
    accent="#00796b",
)
CODE = QrTarget(url="https://vigilant.example/a/7KQ2/", label="Le module en 7 minutes :")
ALL = pytest.mark.parametrize("drawing", DRAWINGS, ids=[drawing.slug for drawing in DRAWINGS])


def _work(drawing: Drawing, format_: Format, *, brand: Brand | None, qr: QrTarget | None) -> Work:
    return Work(
        design=drawing.design,
        figure=drawing.figure,
        world=drawing.world,
        texts=drawing.texts,
        alt=drawing.alt,
        format=format_.key,
        brand=brand,
        qr=qr,
    )


def test_the_series_has_a_poster_for_each_gesture_and_a_figure_for_each_poster() -> None:
    assert [poster.theme for poster in SERIES] == [one for one in Theme if one != Theme.WHOLE]
    assert {poster.figure for poster in SERIES} == set(design_get("serie").figures)
    assert len(VISUALS) == 6


def test_slugs_are_unique() -> None:
    slugs = [drawing.slug for drawing in DRAWINGS]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("drawing", SERIES + VISUALS, ids=lambda drawing: drawing.slug)
def test_headline_has_seven_words_at_most(drawing: Drawing) -> None:
    assert len(re.findall(r"[\w’'-]+", drawing.texts["headline"])) <= 7


@ALL
def test_coral_is_kept_for_dangers(drawing: Drawing) -> None:
    assert ("coral" in drawing.world) is (drawing.theme in DANGERS)


@ALL
def test_texts_are_in_french_typography(drawing: Drawing) -> None:
    said = "\n".join(
        (*drawing.texts.values(), drawing.alt, drawing.summary, drawing.post, *drawing.placement)
    )
    assert "'" not in said
    assert not re.search(r" [:;?!»]|« ", said)


@ALL
def test_is_drawn_in_every_format_for_the_longest_name(drawing: Drawing) -> None:
    design = design_get(drawing.design)
    # A sheet grows as a whole: what fits on A4 and A5 fits on A3.
    for format_ in (one for one in design.formats if one.key != "a3"):
        kind = "pdf" if design.kind is not Kind.VISUAL else "png"
        assert rendered(_work(drawing, format_, brand=BRAND, qr=CODE), kind)


@pytest.mark.parametrize("drawing", [SERIES[0], VISUALS[0], CARDS[0]], ids=lambda d: d.design)
def test_is_drawn_without_brand_and_with_a_brand_without_logo(drawing: Drawing) -> None:
    format_ = design_get(drawing.design).formats[0]
    plain = Brand(name="CH de Vire", logo=None, logo_type=None, hotline="", accent="#0f1b4c")
    for brand in (None, plain):
        assert rendered(_work(drawing, format_, brand=brand, qr=None), "png")
