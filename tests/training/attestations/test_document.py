"""The attestation as it comes out: words, tags, the code that leads to the check."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from organisation.models import Person
from tests.support.pdf import pdf_fonts, pdf_info, pdf_structure, pdf_text
from training.attestations.document import attestation_pdf_render
from training.attestations.selectors import Validity
from training.models import Attestation

DAY = dt.date(2026, 11, 25)
REQUIRED = Validity(DAY, is_required=True, until=dt.date(2027, 3, 1))
LONG_FIRST = (
    "Marie-Élisabeth Anne-Charlotte Françoise Œuvrière Ÿsoline de l’Assomption, née à Crèvecœur"
)
LONG_TITLE = "Mots de passe, cartes professionnelles et postes partagés : les bons réflexes, " * 3


def attestation(**over: Any) -> Attestation:
    person = Person(
        first_name=over.pop("first_name", "Aurélie"), last_name=over.pop("last_name", "Lefèvre")
    )
    values: dict[str, Any] = {
        "title": "Reconnaître un message d’hameçonnage",
        "completed_at": dt.datetime(2026, 3, 1, 10, tzinfo=dt.UTC),
        "score_scaled": 0.917,
        "statement_id": uuid.UUID(int=7),
        "code": "7KQ2M9XW4TBD",
    }
    return Attestation(person=person, **values | over)


def rendered(file: Path, *, validity: Validity = REQUIRED, score: bool = True, **over: Any) -> Path:
    file.write_bytes(
        attestation_pdf_render(attestation=attestation(**over), validity=validity, with_score=score)
    )
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "attestation.pdf"


def words(file: Path) -> str:
    return " ".join(pdf_text(file).split())


def picture(file: Path, ppi: int) -> Image.Image:
    command = ["pdftoppm", "-r", str(ppi), "-png", str(file)]
    return Image.open(io.BytesIO(subprocess.run(command, check=True, capture_output=True).stdout))


def test_it_is_one_tagged_a4_page_of_pdf_ua(file: Path) -> None:
    rendered(file)
    info, raw = pdf_info(file), file.read_bytes()
    assert (info["Pages"], info["Tagged"]) == ("1", "yes")
    assert info["Page size"].endswith("(A4)")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in raw
    assert b"/Lang(fr" in raw
    assert "Reconnaître un message" in info["Title"]
    fonts = pdf_fonts(file)
    assert all(name.startswith("Marianne") for name in fonts)
    assert all(fonts.values())


def test_the_code_is_told_to_who_does_not_see_it(file: Path) -> None:
    kinds = [line.split()[0].strip(":") for line in pdf_structure(rendered(file)) if line]
    assert kinds.count("Figure") == 1  # the drawing at the top is decoration
    assert [kind for kind in kinds if kind.startswith("H")] == ["H1", "H2"]
    assert re.search(rb"/Alt\s*[(<]", file.read_bytes())


def test_its_words_are_text_in_reading_order(file: Path) -> None:
    lines = pdf_structure(rendered(file))
    text = " ".join(" ".join(line.strip('"') for line in lines if line.startswith('"')).split())
    assert text == (
        "Tous cyber vigilant Attestation de formation La plateforme atteste que Aurélie Lefèvre "
        "a validé la formation Reconnaître un message d’hameçonnage "
        "Validée le 1 mars 2026 "
        "Compte jusqu’au 28 février 2027 selon l’obligation en vigueur le 25 novembre 2026 "
        "Score 92 % "
        "Vérifier cette attestation Scannez ce code, ou tapez l’adresse et le code ci-dessous. "
        "127.0.0.1:8000/attestations/verifier/ Code de vérification 7KQ2-M9XW-4TBD "
        "Document établi le 25 novembre 2026. Délivré sans signature : la vérification fait foi."
    )


def test_the_score_is_in_the_learner_s_own_copy_only(file: Path) -> None:
    assert "Score" not in words(rendered(file, score=False))
    assert "92" not in words(file)


def test_a_validity_without_end_and_one_that_nobody_set(file: Path) -> None:
    assert "Sans limite de durée" in words(rendered(file, validity=Validity(DAY, is_required=True)))
    assert "Compte jusqu’au" not in words(rendered(file, validity=Validity(DAY)))


@pytest.mark.parametrize(
    ("provenance", "said"), [("observed", None), ("team", "en équipe"), ("import", "hors de")]
)
def test_what_was_declared_says_so(provenance: str, said: str | None, file: Path) -> None:
    text = words(rendered(file, provenance=provenance))
    assert (said in text) if said else ("déclarée" not in text)


@pytest.mark.parametrize("ppi", [96, 150, 300])
def test_the_printed_code_leads_to_the_check(ppi: int, file: Path, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://formation.cybersecurite-des-hopitaux.example"
    found = zxingcpp.read_barcodes(picture(rendered(file), ppi))
    assert [one.text for one in found] == [
        f"{settings.WAGTAILADMIN_BASE_URL}/attestations/verifier/?code=7KQ2M9XW4TBD"
    ]


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        (LONG_FIRST[:80], "de La Rochefoucauld-Montbel d’Estrées et de la Très-Longue-Lignée", "T"),
        ("W" * 80, "M" * 80, "Titre"),
        ("A", "B", LONG_TITLE[:255]),
        ("W" * 80, "M" * 80, "X" * 255),
        ("#panic()", "*gras* $x$", "] #sys.version"),
    ],
)
def test_any_name_and_title_stay_on_the_page(first: str, last: str, title: str, file: Path) -> None:
    rendered(file, first_name=first, last_name=last, title=title, provenance="import")
    assert pdf_info(file)["Pages"] == "1"
    joined = re.sub(r"[\s\u200b]+", "", pdf_text(file))
    for part in (first, last, title):
        assert re.sub(r"\s+", "", part) in joined
    # Nothing reaches the right margin below the head, nor the box at the foot.
    page = picture(file, 50).convert("L")
    assert page.crop((page.width - 30, 180, page.width, page.height - 150)).getextrema() == (
        255,
        255,
    )
    gap = page.crop((0, 431, page.width, 441))
    assert gap.getextrema() == (255, 255)


def test_somebody_without_a_name_has_an_attestation(file: Path) -> None:
    assert "Agent sans nom enregistré" in words(rendered(file, first_name="", last_name=""))


def test_equal_input_gives_equal_bytes() -> None:
    first, again = (
        attestation_pdf_render(attestation=attestation(), validity=REQUIRED, with_score=True)
        for _ in range(2)
    )
    assert first == again
