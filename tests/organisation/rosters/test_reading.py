"""Files as they come: whatever is wrong is said in words, with its line, and nothing is stored."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from organisation.enums import IdentifierKind, RosterStage
from organisation.identifiers import luhn_holds, national_identifier
from organisation.models import Person, RosterImport
from organisation.rosters import flow
from organisation.rosters.columns import Field
from organisation.rosters.reading import BOUNDS
from organisation.sheets.days import DayOrder, day_of, guess_order
from organisation.sheets.layouts import Layout
from tests.organisation.factories import EstablishmentFactory

from .generators import DAY, rpps_of, staff_drawn
from .running import go_on, imported, preview, staff, upload

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
HEAD = "Matricule;RPPS;Nom;Prénom;E-mail;Métier;Service;Entrée;Sortie\n"
GOOD = "1;;Martin;Zoé;z@h.test;Infirmier;Cardiologie;01/02/2020;\n"


def refusal(content: bytes | str, name: str = "liste.csv", **options: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        upload(EstablishmentFactory(), content, name, **options)
    assert not RosterImport.objects.exists()
    return " ".join(refused.value.messages)


def problems(lines: str, head: str = HEAD) -> dict[int, str]:
    roster = preview(EstablishmentFactory(), head + lines)
    found = roster.lines.exclude(problem="", conflict="")
    return {line.number: line.problem or line.conflict for line in found}


def xlsx(*rows: tuple[Any, ...], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


COLUMNS = ("Matricule", "Nom", "Prénom", "Métier", "Service", "Entrée")


class TestFiles:
    def test_what_libreoffice_makes(self) -> None:
        house = EstablishmentFactory()
        imported(house, (DATA / "libreoffice.xlsx").read_bytes(), "libreoffice.xlsx")
        expected = {(a.last_name, a.first_name, a.email, a.starts_on) for a in staff_drawn(10)}
        found = {
            (last, first, email, start) for last, first, email, _r, _d, start, _e in staff(house)
        }
        assert found == expected

    @pytest.mark.parametrize(
        ("content", "name", "words"),
        [
            (b"", "liste.csv", "vide"),
            (b"x", "liste.ods", "CSV ou XLSX"),
            (b"x", "liste.xlsx", "son nom annonce"),
            (b"PK\x03\x04x", "liste.csv", "son nom annonce"),
            (b"PK\x03\x04x", "liste.xlsx", "ne peut pas"),
            (b"\x00\x01\x02", "liste.csv", "pas un tableau"),
            (b"\x81\x8d", "liste.csv", "illisibles"),
            (b"\xff\xfea", "liste.txt", "illisibles"),
            (b"Nom\n", "liste.csv", "pas de ligne"),
            (b'Nom;Pr\xc3\xa9nom\n"a;b\n', "liste.csv", "guillemet"),
        ],
    )
    def test_what_is_no_list_is_refused_in_words(
        self, content: bytes, name: str, words: str
    ) -> None:
        assert words in refusal(content, name)

    def test_a_gigabyte_is_refused_without_being_read(self, tmp_path: Path) -> None:
        huge = tmp_path / "liste.csv"
        with huge.open("wb") as stream:
            stream.truncate(1024**3)  # takes no room on the disk

        class Told(io.FileIO):
            read_bytes = 0

            def read(self, size: int = -1) -> bytes:  # type: ignore[override]
                data = super().read(size)
                Told.read_bytes += len(data)
                return data

        with Told(huge) as content, pytest.raises(ValidationError, match="30 Mo"):
            flow.roster_upload(
                establishment=EstablishmentFactory(),
                name="liste.csv",
                content=content,
                as_of=DAY,
                is_complete=True,
                actor=None,
                now=dt.datetime(2026, 11, 2, tzinfo=dt.UTC),
            )
        assert Told.read_bytes == 0

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self) -> None:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "x")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (BOUNDS.unpacked + 1))
        assert len(content.getvalue()) < 1_000_000
        assert "bien plus que le tableau" in refusal(content.getvalue(), "liste.xlsx")

    def test_a_zip_within_a_zip_is_no_table(self) -> None:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as archive:
            archive.writestr("liste.csv", HEAD + GOOD)
        outer = io.BytesIO()
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("liste.xlsx", inner.getvalue())
        assert "ne peut pas" in refusal(outer.getvalue(), "liste.xlsx")

    def test_xml_entities_are_not_expanded(self) -> None:
        book = xlsx(COLUMNS, (1, "Martin", "Zoé", "Infirmier", "Cardiologie", None))
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        content = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(content, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if b"Martin" in data:
                    data = bomb + data.replace(b"Martin", b"&b;")
                new.writestr(name, data)
        assert "ne peut pas" in refusal(content.getvalue(), "liste.xlsx")

    def test_a_sheet_that_lies_about_its_size_is_read_whole(self) -> None:
        rows = [(n, "Martin", f"Zoé{n}", "Infirmier", "Cardiologie", None) for n in range(1, 4)]
        content = io.BytesIO()
        book = io.BytesIO(xlsx(COLUMNS, *rows))
        with zipfile.ZipFile(book) as old, zipfile.ZipFile(content, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name).replace(b'ref="A1:F4"', b'ref="A1"'))
        roster = preview(EstablishmentFactory(), content.getvalue(), "liste.xlsx")
        assert roster.counts["new"] == 3

    def test_a_row_far_down_is_refused_not_walked_to(self) -> None:
        book = openpyxl.Workbook()
        book.active.append(COLUMNS)
        book.active.append((1, "Martin", "Zoé", "Infirmier", "Cardiologie", None))
        book.active.cell(1_000_000, 1, "loin")
        content = io.BytesIO()
        book.save(content)
        house = EstablishmentFactory()
        roster = upload(house, content.getvalue(), "liste.xlsx")
        layout = Layout.of_json(roster.layout)
        flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
        go_on(roster)
        assert roster.stage == RosterStage.COLUMNS
        assert "120\u202f000" in roster.notice or "120\xa0000" in roster.notice


class TestLines:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("1;;;Zoé;z@h.test;Infirmier;;;", "nom est vide"),
            ("1;;Martin;;z@h.test;Infirmier;;;", "prénom est vide"),
            (";;Martin;Zoé;;Infirmier;;;", "rien n’identifie"),
            ("1;;Martin;Zoé;z@h;Infirmier;;;", "adresse électronique"),
            ("1;12345678901;Martin;Zoé;;Infirmier;;;", "ni un RPPS"),
            ("1;;Martin;Zoé;;;;;", "métier est vide"),
            ("1;;Martin;Zoé;;Infirmier;;31/02/2020;", "n’est pas une date"),
            ("1;;Martin;Zoé;;Infirmier;;bientôt;", "n’est pas une date"),
            ("1;;Martin;Zoé;;Infirmier;;01/01/2040;", "trop lointaine"),
            ("1;;Martin;Zoé;;Infirmier;;01/01/1900;", "trop ancienne"),
            ("1;;Martin;Zoé;;Infirmier;;01/01/2024;01/01/2023", "précède"),
            ("1;;" + "M" * 81 + ";Zoé;;Infirmier;;;", "trop longue"),
            ("1;;Mar\x07tin;Zoé;;Infirmier;;;", "illisibles"),
        ],
    )
    def test_a_wrong_line_is_said_with_its_number_and_the_others_go_on(
        self, line: str, words: str
    ) -> None:
        found = problems(f"9{GOOD[1:]}{line}\n")
        assert list(found) == [3]
        assert words in found[3]

    def test_identifiers_given_twice(self) -> None:
        found = problems(
            "1;;Martin;Zoé;;Infirmier;;;\n"
            "1;;Durand;Paul;;Infirmier;;;\n"
            f"2;{rpps_of(1)};Petit;Ana;;Infirmier;;;\n"
            f"2;{rpps_of(2)};Petit;Ana;;Infirmier;;;\n"
            "3;;Autre;Eve;;Infirmier;;;\n"
        )
        assert "autre agent : voir la ligne 3" in found[2].replace("\xa0", " ")
        assert "autre agent : voir la ligne 2" in found[3].replace("\xa0", " ")
        assert "deux numéros nationaux" in found[4]
        assert set(found) == {2, 3, 4, 5}

    def test_an_address_of_several_people_identifies_nobody(self) -> None:
        house = EstablishmentFactory()
        roster = imported(
            house,
            HEAD + "1;;Martin;Zoé;urgences@h.test;Infirmier;;;\n"
            "2;;Durand;Paul;urgences@h.test;Infirmier;;;\n",
        )
        assert roster.counts["new"] == 2
        assert not Person.objects.filter(email="urgences@h.test").exists()

    @pytest.mark.parametrize("text", ["=1+1", "+33", "@SUM(A1)", "-2", "=cmd|' /C calc'!A0"])
    def test_what_looks_like_a_formula_is_a_text_and_defused_in_our_files(
        self, text: str, client: Any, admin_user: Any
    ) -> None:
        house = EstablishmentFactory()
        roster = preview(house, f"{HEAD}1;;{text};Zoé;;Infirmier;;;\n2;{text};A;B;;Infirmier;;;\n")
        assert roster.changes.get().name == f"{text} Zoé"
        client.force_login(admin_user)
        answer = client.get(f"/admin/listes-du-personnel/{roster.uid}/lignes.csv")
        body = b"".join(answer.streaming_content).decode()
        assert f"« {text}".replace(" ", "\xa0") in body or text in body
        assert f";{text}" not in body

    def test_formulas_of_xlsx_are_not_computed(self) -> None:
        book = xlsx(
            COLUMNS, (1, "=A1", "Zoé", "Infirmier", "x", None), (2, "A", "B", "ASH", "", "")
        )
        roster = preview(EstablishmentFactory(), book, "liste.xlsx")
        assert "formule" in roster.lines.get(number=2).problem
        assert roster.counts["new"] == 1

    def test_merged_cells_are_told(self) -> None:
        rows = [(n, f"Nom{n}", "Zoé", "Infirmier", "Cardiologie", None) for n in range(1, 5)]
        book = xlsx(COLUMNS, *rows, merge="E3:E4")
        roster = preview(EstablishmentFactory(), book, "liste.xlsx")
        wrong = roster.lines.exclude(problem="")
        assert [line.number for line in wrong] == [3, 4]
        assert "fusionnées" in wrong[0].problem


class TestDays:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("31/12/2025", dt.date(2025, 12, 31)),
            ("1.2.24", dt.date(2024, 2, 1)),
            ("1.2.87", dt.date(1987, 2, 1)),
            ("2025-12-31", dt.date(2025, 12, 31)),
            ("2025-12-31T00:00:00", dt.date(2025, 12, 31)),
            ("31/12/2025 00:00:00", dt.date(2025, 12, 31)),
            ("20251231", dt.date(2025, 12, 31)),
            ("45292", dt.date(2024, 1, 1)),
            (45292.0, dt.date(2024, 1, 1)),
            ("00/00/0000", None),
            ("", None),
            (None, None),
        ],
    )
    def test_forms(self, text: Any, day: dt.date | None) -> None:
        assert day_of(text, DayOrder.DAY_FIRST, today=DAY) == day

    def test_the_order_is_found_out_from_what_is_possible(self) -> None:
        guess = guess_order
        assert guess(["01/02/2024", "31/01/2024"], DayOrder.DAY_FIRST) == DayOrder.DAY_FIRST
        assert guess(["01/02/2024", "01/31/2024"], DayOrder.DAY_FIRST) == DayOrder.MONTH_FIRST
        assert guess(["01/02/2024", "bientôt"], DayOrder.MONTH_FIRST) == DayOrder.MONTH_FIRST

    @given(st.dates(dt.date(1950, 1, 1), dt.date(2031, 12, 31)))
    def test_every_day_is_read_back(self, day: dt.date) -> None:
        serial = (day - dt.date(1899, 12, 30)).days
        for text in (f"{day:%d/%m/%Y}", day.isoformat(), f"{day:%Y%m%d}", str(serial), serial):
            assert day_of(text, DayOrder.DAY_FIRST, today=DAY) == day
        if day.year > 1931:
            assert day_of(f"{day:%d.%m.%y}", DayOrder.DAY_FIRST, today=DAY) == day


class TestNationalNumbers:
    def test_forms(self) -> None:
        rpps = rpps_of(42)
        spaced = " ".join((rpps[:3], rpps[3:]))
        for text in (rpps, f"8{rpps}", spaced):
            assert national_identifier(text) == (IdentifierKind.RPPS, rpps)
        for text in ("751234567", "0751234567", "2A1234567"):
            assert national_identifier(text)[0] == IdentifierKind.ADELI

    @given(st.integers(0, 10**9 - 1), st.integers(0, 10), st.integers(1, 9))
    def test_a_wrong_digit_is_found(self, number: int, place: int, shift: int) -> None:
        good = rpps_of(number)
        digit = str((int(good[place]) + shift) % 10)
        assert luhn_holds(good)
        assert not luhn_holds(good[:place] + digit + good[place + 1 :])


class TestColumns:
    def test_are_remembered(self) -> None:
        house = EstablishmentFactory()
        odd = "A;B;Nom;Prénom;Métier\n77;ZZ;Martin;Zoé;Infirmier\n"
        roster = upload(house, odd)
        layout = Layout.of_json(roster.layout)
        assert Field.HR_NUMBER not in layout.columns
        flow.roster_columns_set(
            roster=roster,
            columns={**layout.columns, Field.HR_NUMBER: 0},
            day_order=DayOrder.DAY_FIRST,
        )
        again = Layout.of_json(upload(house, odd).layout)
        assert again.columns[Field.HR_NUMBER] == 0
        assert (
            Field.HR_NUMBER
            not in Layout.of_json(upload(EstablishmentFactory(), odd).layout).columns
        )

    def test_a_name_is_not_enough(self) -> None:
        with pytest.raises(ValidationError, match="Un nom ne suffit pas"):
            preview(EstablishmentFactory(), "Nom;Prénom;Métier\nMartin;Zoé;Infirmier\n")
