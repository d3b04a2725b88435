"""The band at the foot gives way to what a hospital has to say, and says when that is too much."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from campaign_assets.designs import Brand, Design, TextRefused, rendered
from tests.support.pdf import pdf_text

from .samples import BRANDS, LONG_NAME, code, every_design, texts_of, work_of

SHEETS = [
    pytest.param(design, format_.key, id=f"{design.key}-{format_.key}")
    for design in every_design()
    for format_ in design.formats
    if format_.is_print
]
every_format = pytest.mark.parametrize(("design", "format_"), SHEETS)
EXTENSION = "04 67 00 00 00, poste 12345"
FULL = Brand(
    LONG_NAME[:120],
    BRANDS["long"].logo,
    "svg",
    hotline=EXTENSION,
    intranet="intranet.ch-bezanville-littoral-sud.example/securite-numerique/consignes",
    security_contact="Responsable de la sécurité des systèmes d’information du groupement",
)


def read(design: Design, format_: str, brand: Brand, contact: str, folder: Path) -> list[str]:
    """The lines of the sheet, spaces as plain ones."""
    texts = {**texts_of(design), "contact": contact}
    work = work_of(design, format=format_, brand=brand, texts=texts, qr=code("En savoir plus :"))
    file = folder / "sheet.pdf"
    file.write_bytes(rendered(work, "pdf"))
    return [" ".join(line.split()) for line in pdf_text(file).splitlines()]


def squeezed(text: str) -> str:
    return "".join(text.replace("-", "").replace("\u200b", "").split())


@every_format
@pytest.mark.parametrize(
    "contact", ["", "Un doute ? Appelez le support informatique, jour et nuit."]
)
def test_everything_at_its_longest_stands_on_every_sheet(
    design: Design, format_: str, contact: str, tmp_path: Path
) -> None:
    lines = read(design, format_, FULL, contact, tmp_path)
    whole = squeezed("".join(lines))
    for text in (FULL.name, FULL.hotline, FULL.intranet, FULL.security_contact, contact):
        assert squeezed(text) in whole


@every_format
def test_number_stays_where_the_words_are_left_out(
    design: Design, format_: str, tmp_path: Path
) -> None:
    lines = read(design, format_, BRANDS["short"], "", tmp_path)
    assert "Notre numéro :" in lines
    assert BRANDS["short"].hotline in lines


def test_nobody_is_called_where_there_is_neither_word_nor_number(tmp_path: Path) -> None:
    design = every_design()[0]
    silent = dataclasses.replace(BRANDS["short"], hotline="")
    assert "numéro" not in " ".join(read(design, design.formats[0].key, silent, "", tmp_path))


@pytest.mark.parametrize(
    ("hotline", "together"),
    [
        (EXTENSION, ["04 67 00 00 00,", "poste 12345"]),
        ("+33 (0)4 67 00 00 00, demander le poste 7", ["+33 (0)4 67 00 00 00,", "poste 7"]),
        ("0 8 0 0 1 2 3 4 5 6", ["0 8 0 0 1 2 3 4 5 6"]),
    ],
)
def test_a_number_is_broken_where_one_breathes(
    hotline: str, together: list[str], tmp_path: Path
) -> None:
    brand = dataclasses.replace(FULL, hotline=hotline)
    lines = read(every_design()[0], "a4", brand, "Un doute ?", tmp_path)
    for part in together:
        assert any(squeezed(part) in squeezed(line) for line in lines)


@every_format
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "W" * 60),
        ("name", "MMMM " * 60),
        ("hotline", "0" * 60),
        ("security_contact", "M" * 80),
    ],
)
def test_the_absurd_is_refused_by_its_name(
    design: Design, format_: str, field: str, text: str
) -> None:
    brand = dataclasses.replace(FULL, **{field: text})
    with pytest.raises(TextRefused) as refused:
        rendered(work_of(design, format=format_, brand=brand, qr=code()), "pdf")
    assert refused.value.field == f"brand.{field}"
    assert "raccourcissez" in str(refused.value)
