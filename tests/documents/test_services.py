from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign_assets.posters.design import TEMPLATE
from documents.services import DocumentError, pdf_render, png_render
from tests.support.pdf import pdf_fonts, pdf_info, pdf_text

MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DATA = {
    "campaign": "Campagne",
    "figure": "session",
    "world": "night-signal",
    "headline": ["Été comme hiver,", "je verrouille."],
    "gesture": ["Une ligne,", "puis une autre."],
    "alt": "Un cadenas.",
    "footer": "Bas de page",
    "number_label": "Notre numéro :",
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "poster.pdf"
    file.write_bytes(pdf_render(template=TEMPLATE, data=DATA, timestamp=MOMENT))
    return file


def test_pdf_is_tagged_and_declares_ua_1(document: Path) -> None:
    raw = document.read_bytes()
    assert pdf_info(document)["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw  # ISO 14289-1, 5


def test_pdf_has_title_and_language(document: Path) -> None:
    assert pdf_info(document)["Title"] == "Été comme hiver, je verrouille."
    assert b"/Lang(fr" in document.read_bytes()
    assert b"/DisplayDocTitle true" in document.read_bytes()


def test_pdf_embeds_marianne_only(document: Path) -> None:
    fonts = pdf_fonts(document)
    assert fonts
    assert all(name.startswith("Marianne") for name in fonts)
    assert all(fonts.values())


def test_pdf_text_can_be_taken_out_in_reading_order(document: Path) -> None:
    words = " ".join(pdf_text(document).split())
    assert words == (
        "Campagne Été comme hiver, je verrouille. Une ligne, puis une autre. "
        "Bas de page Notre numéro :"
    )


def test_equal_input_gives_equal_bytes(document: Path) -> None:
    again = pdf_render(template=TEMPLATE, data=dict(reversed(DATA.items())), timestamp=MOMENT)
    assert again == document.read_bytes()
    first = png_render(template=TEMPLATE, data=DATA, ppi=20)
    assert first == png_render(template=TEMPLATE, data=DATA, ppi=20)
    assert first.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "text",
    ["#panic()", "*gras* _italique_", "$x^2$", '"] #sys.version', "= Titre", "<a> \\ ` ~ @b", "]]"],
)
def test_text_from_outside_is_never_markup(text: str, tmp_path: Path) -> None:
    file = tmp_path / "poster.pdf"
    data = DATA | {"footer": text}
    file.write_bytes(pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT))
    assert " ".join(text.split()) in " ".join(pdf_text(file).split())


@settings(max_examples=25)
@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["C"])))
def test_any_latin_text_is_set(text: str) -> None:
    data = DATA | {"gesture": [text]}
    assert pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "template",
    [
        "campaign_assets/posters/missing.typ",
        "campaign_assets/../config/settings/base.py",
        "campaign_assets/../documents/x.typ",
        "campaign_assets/enums.py",
        "nowhere/poster.typ",
        "",
    ],
)
def test_template_outside_the_apps_is_refused(template: str) -> None:
    with pytest.raises(DocumentError):
        pdf_render(template=template, data=DATA, timestamp=MOMENT)


def test_missing_data_is_told() -> None:
    with pytest.raises(DocumentError, match="headline"):
        pdf_render(template=TEMPLATE, data={"world": "night-signal"}, timestamp=MOMENT)
