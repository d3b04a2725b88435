"""Hostile and unlucky words."""

from __future__ import annotations

import pytest

from campaign_assets.designs import (
    Brand,
    DesignError,
    TextDoesNotFit,
    TextRefused,
    TextUnreadable,
    design_get,
    rendered,
)
from campaign_assets.designs.colours import BLACK, NIGHT, PAPER, contrast, ink_on
from campaign_assets.designs.texts import clean

from .samples import code, work_of

SERIE = design_get("serie")


def refused(**changes: object) -> TextRefused:
    with pytest.raises(TextRefused) as told:
        rendered(work_of(SERIE, **changes), "pdf")
    return told.value


def texts(**changes: str) -> dict[str, str]:
    return {**work_of(SERIE).texts, **changes}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("e\u0301te\u0301", "été"),
        ("  un \r\n deux\r", "un\ndeux"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("12\u202f000", "12\u00a0000"),
        ("a\tb", "a b"),
    ],
)
def test_what_word_processors_leave_is_tidied(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Bravo 👍", "« 👍 » (U+1F44D)"),
        ("مستشفى", "« م » (U+0645)"),
        ("בית חולים", "« ב » (U+05D1)"),
        ("Больница", "« Б » (U+0411)"),
        ("abc\u202etxt.exe", "caractère invisible (U+202E)"),
        ("abc\x00", "caractère invisible (U+0000)"),
        ("abc\x1b[2J", "caractère invisible (U+001B)"),
        ("abc\ud800", "caractère invisible (U+D800)"),
    ],
)
def test_a_character_that_cannot_be_set_is_named(text: str, named: str) -> None:
    told = refused(texts=texts(gesture=text))
    assert isinstance(told, TextUnreadable)
    assert told.field == "gesture"
    assert named in str(told)
    brand = refused(brand=Brand(text))
    assert (brand.field, named in str(brand)) == ("brand.name", True)


def test_a_name_of_two_hundred_characters_never_overflows() -> None:
    """Set small, or refused with words; either way nothing is cut."""
    wide = refused(brand=Brand("W" * 200))
    assert isinstance(wide, TextDoesNotFit)
    assert wide.field == "brand.name"
    assert "Nom de l’établissement" in str(wide)
    endless = refused(brand=Brand("Hôpital " * 5000))
    assert endless.field == "brand.name"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("headline", "", "nécessaire"),
        ("headline", "Je " * 100, "caractères"),
        ("headline", "a\nb\nc\nd\ne", "lignes"),
        ("headline", "W" * 59, "trop long pour le format A4"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(field: str, text: str, said: str) -> None:
    told = refused(texts=texts(**{field: text}))
    assert (told.field, said in str(told)) == (field, True)


def test_a_label_beside_the_code_is_checked_too() -> None:
    assert refused(qr=code("👍")).field == "qr.label"
    assert refused(alt="").field == "alt"


@pytest.mark.parametrize("name", ["figure", "world"])
def test_a_figure_that_is_none_is_no_work(name: str) -> None:
    with pytest.raises(DesignError, match=name):
        rendered(work_of(SERIE, **{name: "nowhere"}), "pdf")


@pytest.mark.parametrize("accent", ["red", "#fff", "#12345", "#gggggg", "rgb(1,2,3)", "#00000000"])
def test_an_accent_that_is_no_colour_is_refused(accent: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        Brand("CH", accent=accent)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [("#ffffff", NIGHT), ("#000000", PAPER), ("#ffc61a", NIGHT), ("#7f7f7f", BLACK)],
)
def test_what_stands_on_an_accent_reads(ground: str, ink: str) -> None:
    assert ink_on(ground) == ink
    assert contrast(ground, ink) >= 4.5


def test_every_ground_has_an_ink_that_reads() -> None:
    steps = range(0, 256, 15)
    for grey in (f"#{r:02x}{g:02x}{b:02x}" for r in steps for g in steps for b in steps):
        assert contrast(grey, ink_on(grey)) >= 4.5
