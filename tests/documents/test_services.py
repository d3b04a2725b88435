from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.services import DocumentError, pdf_render, png_render
from tests.support.pdf import pdf_fonts, pdf_info, pdf_text

TEMPLATE = "campaign_assets/designs/serie/template.typ"
MOMENT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
TEXTS = {
    "headline": "Été comme hiver,\nje verrouille.",
    "gesture": "Une ligne,\npuis une autre.",
    "contact": "Bas de page",
}
DATA: dict[str, Any] = {
    "campaign": "Campagne",
    "format": {"key": "a4", "medium": "print", "width": 210, "height": 297},
    "bleed": 0,
    "marks": False,
    "figure": "session",
    "world": "night-signal",
    "texts": TEXTS,
    "sizes": {name: {"max": 40, "min": 4} for name in TEXTS},
    "alt": "Un cadenas.",
    "brand": None,
    "qr": None,
}
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="9"/></svg>'
BRAND = {
    "name": "CH de Saint-Exemple",
    "logo": "/logo.svg",
    "logo_alt": "Un point.",
    "intranet": "",
    "hotline": "",
    "security_contact": "",
    "accent": "#0f1b4c",
    "accent_ink": "#ffffff",
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
    assert words.startswith("Campagne Été comme hiver, je verrouille. Une ligne, puis une autre.")
    assert "Bas de page" in words


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
    data = DATA | {"texts": TEXTS | {"contact": text}}
    file.write_bytes(pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT))
    assert " ".join(text.split()) in " ".join(pdf_text(file).split())


@settings(max_examples=25)
@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["C"])))
def test_any_latin_text_is_set(text: str) -> None:
    data = DATA | {"texts": TEXTS | {"contact": text[:16]}}
    assert pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "template",
    [
        "campaign_assets/designs/serie/missing.typ",
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
    with pytest.raises(DocumentError, match="format"):
        pdf_render(template=TEMPLATE, data={"world": "night-signal"}, timestamp=MOMENT)


def test_a_picture_given_with_the_data_is_found_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "poster.pdf"
    data = DATA | {"brand": BRAND}
    with pytest.raises(DocumentError, match="logo"):
        pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT)
    content = pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT, files={"logo.svg": DOT})
    file.write_bytes(content)
    assert "CH de Saint-Exemple" in pdf_text(file)


@pytest.mark.parametrize("name", ["main.typ", "../logo.svg", "a/logo.svg", "logo.exe", "", "A.SVG"])
def test_only_pictures_at_the_root_are_given(name: str) -> None:
    with pytest.raises(DocumentError, match="no names of pictures"):
        pdf_render(template=TEMPLATE, data=DATA, timestamp=MOMENT, files={name: DOT})


def test_a_picture_that_is_none_is_told() -> None:
    for broken in (b"", b"<svg", b"GIF89a"):
        with pytest.raises(DocumentError):
            pdf_render(
                template=TEMPLATE,
                data=DATA | {"brand": BRAND},
                timestamp=MOMENT,
                files={"logo.svg": broken},
            )


def test_a_picture_reads_nothing_beside_itself() -> None:
    """An SVG that names a file of the app's folder does not show it."""
    outside = DOT.replace(b"<circle", b'<image href="/designs/serie/template.typ"/><circle')
    data = DATA | {"brand": BRAND}
    with pytest.raises(DocumentError):
        pdf_render(template=TEMPLATE, data=data, timestamp=MOMENT, files={"logo.svg": outside})
