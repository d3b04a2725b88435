"""Titles of columns as HR software abbreviates them."""

from __future__ import annotations

import pytest

from organisation.rosters.columns import TITLES
from organisation.sheets.titles import titles_matched


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Nom de naissance", "last_name"),
        ("Pren. usuel", "first_name"),
        ("MATR. AGENT", "hr_number"),
        ("Matricul", "hr_number"),
        ("Dt d'entrée", "starts_on"),
        ("Dte déb. contrat", "starts_on"),
        ("U.F.", None),
        ("UF", "department"),
        ("Lib. UF", "department"),
        ("Libellé du grade", "role"),
        ("Métiers", "role"),
        ("Date de naissance", None),
        ("Code postal", None),
        ("Salaire", None),
    ],
)
def test_a_title_is_understood_or_left_alone(title: str, field: str | None) -> None:
    found, _guessed = titles_matched([title], TITLES)
    assert [str(one) for one in found] == ([field] if field else [])


def test_the_same_title_goes_before_one_that_is_alike() -> None:
    found, guessed = titles_matched(["Matr. agent", "Matricule", "Métiers", "Prénom"], TITLES)
    assert found["hr_number"] == 1
    assert [str(one) for one in guessed] == ["role"]


def test_a_first_name_is_never_taken_for_a_name() -> None:
    found, _guessed = titles_matched(["Prénom usuel"], TITLES)
    assert list(found) == ["first_name"]
