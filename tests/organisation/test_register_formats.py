"""The parser: every line gives a record, «out of scope», or a problem. It never raises."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation.enums import EstablishmentFamily, RegisterKind
from organisation.reference import REGION_OF_DEPARTMENT
from organisation.register.categories import FAMILY_OF_CATEGORY, family_of
from organisation.register.formats import extract_date, kind_of, parse_line
from organisation.register.naming import establishment_name
from organisation.register.reading import MAX_LINE, parsed_lines, register_file
from organisation.register.records import OutOfScope, Problem, RegisterError, SiteRecord

from .extract import REAL_LINE, extract_line, write_extract

CARRIED = Path("organisation/data/finess_hospitals_2020.csv")
EXTRACT = RegisterKind.DAILY_EXTRACT


def test_the_real_line_of_the_register_is_read():
    record = parse_line(EXTRACT, 2, REAL_LINE)
    assert record == SiteRecord(
        line=2,
        finess_et="010000024",
        finess_ej="010780054",
        name="CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT",
        category_code="355",
        category_label="Centre Hospitalier (C.H.)",
        sector="public",
        postcode="01440",
        city="VIRIAT",
        department_code="01",
    )


def test_every_line_of_the_carried_list_is_a_hospital_site():
    file = register_file(CARRIED)
    parsed = list(parsed_lines(CARRIED, file))
    assert file.date == dt.date(2020, 3, 6)
    assert len(parsed) == 5368
    assert all(isinstance(record, SiteRecord) for record in parsed)


def test_regions_follow_from_departments_as_the_carried_list_says():
    with CARRIED.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            assert REGION_OF_DEPARTMENT.get(row["department_code"], "") == row["region_code"]


def test_the_categories_are_those_of_the_carried_list_and_ehpad():
    with CARRIED.open(encoding="utf-8") as stream:
        categories = {row["category_code"] for row in csv.DictReader(stream)}
    assert set(FAMILY_OF_CATEGORY) == categories | {"500"}


def test_108_is_no_university_hospital():
    assert family_of("101") == EstablishmentFamily.CHU
    assert isinstance(
        parse_line(EXTRACT, 2, extract_line("350000001", "350000002", "X", category="108")),
        OutOfScope,
    )


@pytest.mark.parametrize(
    ("register_code", "department"),
    [("9A", "971"), ("9B", "972"), ("9C", "973"), ("9D", "974"), ("9F", "976"), ("9J", "986")],
)
def test_overseas_codes_are_mapped(register_code, department):
    line = extract_line("970000001", "970000002", "HOPITAL", department=register_code)
    assert parse_line(EXTRACT, 2, line).department_code == department


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ('CLINIQUE ""LES LILAS""', 'CLINIQUE "LES LILAS"'),
        ('"CLINIQUE ""LES LILAS"""', 'CLINIQUE "LES LILAS"'),
        ('""LES LILAS""', '"LES LILAS"'),
        ('"LES LILAS; NORD"', "LES LILAS; NORD"),
        ("=HYPERLINK(0)", "=HYPERLINK(0)"),
        ("CENTRE D\x92IMAGERIE", "CENTRE D’IMAGERIE"),
    ],
)
def test_names_are_text_whatever_they_hold(cell, name):
    line = extract_line("350000001", "350000002", "@@").replace(";@@;@@;", f";COURT;{cell};")
    assert parse_line(EXTRACT, 2, line).name == name


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("structureet;350000001;350000002", "3 colonnes au lieu de 32"),
        (extract_line("35000001", "350000002", "X"), "numéro FINESS du site illisible"),
        (extract_line("350000001", "35000000A", "X"), "numéro FINESS juridique illisible"),
        (extract_line("350000001", "350000002", "  "), "nom vide"),
        (extract_line("350000001", "350000002", "X" * 256), "nom de plus de 255 caractères"),
        (extract_line("350000001", "350000002", "A\x00B"), "caractère de commande dans la ligne"),
        (extract_line("350000001", "350000002", "X", department="ZZZ"), "département illisible"),
        (extract_line("350000001", "350000002", "X").replace("structureet", "autre"), "commence"),
    ],
)
def test_a_bad_line_is_a_problem_with_its_number_and_reason(line, reason):
    problem = parse_line(EXTRACT, 7, line)
    assert isinstance(problem, Problem)
    assert problem.line == 7
    assert reason in problem.reason


@given(line=st.text() | st.lists(st.text(max_size=12), min_size=30, max_size=34).map(";".join))
def test_no_line_makes_the_parser_raise(line):
    for kind in RegisterKind:
        parsed = parse_line(kind, 2, line)
        assert isinstance(parsed, SiteRecord | Problem | OutOfScope)


@given(
    cells=st.dictionaries(
        st.integers(0, 31), st.text(max_size=300) | st.sampled_from(["355", "500", "9A"])
    )
)
def test_what_is_accepted_fits_the_database(cells):
    line = REAL_LINE.split(";")
    for column, value in cells.items():
        line[column] = value
    parsed = parse_line(EXTRACT, 2, ";".join(line))
    if isinstance(parsed, SiteRecord):
        assert 0 < len(parsed.name) <= 255
        assert len(parsed.city) <= 120
        assert len(parsed.postcode) in (0, 5)
        assert len(parsed.department_code) <= 3
        assert "\x00" not in repr(parsed)
        assert parsed.category_code in FAMILY_OF_CATEGORY


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_the_encoding_is_found_out(tmp_path, encoding):
    lines = [extract_line("350000001", "350000002", "HÔPITAL DE FOUGÈRES")]
    path = write_extract(tmp_path / "extract.csv", lines, encoding=encoding)
    (record,) = parsed_lines(path, register_file(path))
    assert record.name == "HÔPITAL DE FOUGÈRES"


def test_a_broken_byte_spoils_its_line_only(tmp_path):
    good = [extract_line(f"35000000{n}", "350000009", "HÔPITAL") for n in range(3)]
    bad = extract_line("350000008", "350000009", "HOPITAL").encode() + b"\xe9"
    path = write_extract(tmp_path / "extract.csv", [*good, bad])
    *records, problem = parsed_lines(path, register_file(path))
    assert [record.name for record in records] == ["HÔPITAL"] * 3
    assert problem == Problem(5, "caractères illisibles dans cet encodage", "350000008")


def test_an_endless_line_is_dropped_and_the_next_one_read(tmp_path):
    lines = ["x" * (MAX_LINE * 3), extract_line("350000001", "350000002", "HOPITAL")]
    path = write_extract(tmp_path / "extract.csv", lines)
    problem, record = parsed_lines(path, register_file(path))
    assert problem == Problem(2, "ligne trop longue")
    assert (record.line, record.name) == (3, "HOPITAL")


@pytest.mark.parametrize("first_line", ["", "finess", "a,b,c", "\x00\x00", "PK\x03\x04"])
def test_another_file_is_refused_as_a_whole(first_line):
    with pytest.raises(RegisterError):
        kind_of(first_line)


def test_an_extract_without_date_is_refused():
    with pytest.raises(RegisterError, match="date"):
        extract_date("finess;etalab;111;hier")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["CLINIQUE DU PARC"], "CLINIQUE DU PARC"),
        (
            [
                "CENTRE HOSPITALIER PUBLIC DE HAUTEVILLE - UNITE ESPERANCE",
                "CENTRE HOSPITALIER PUBLIC DE HAUTEVILLE - UNITE INTERDEPT",
            ],
            "CENTRE HOSPITALIER PUBLIC DE HAUTEVILLE",
        ),
        (
            ["CENTRE HOSPITALIER DE BELLEY", "CENTRE HOSPITALIER DE GEX"],
            "CENTRE HOSPITALIER DE BELLEY",
        ),
        (["HOPITAL BRETONNEAU", "HOPITAL TROUSSEAU"], "HOPITAL BRETONNEAU"),
    ],
)
def test_a_hospital_is_named_after_what_its_sites_share(names, expected):
    assert establishment_name(names) == expected
