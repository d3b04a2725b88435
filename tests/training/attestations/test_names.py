"""Names of files: readable, harmless, each its own."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.archives.names import FileNames
from training.attestations.names import file_stem, masked

SAFE = re.compile(r"[A-Za-z0-9_-]+")


@pytest.mark.parametrize(
    ("last", "first", "title", "stem"),
    [
        ("Lefèvre", "Aurélie", "Mots de passe", "LEFEVRE_Aurelie_mots-de-passe"),
        ("Œuvrard-Weiß", "Zoë", "L’hôpital", "OEUVRARD-WEISS_Zoe_l-hopital"),
        ("O'Brien", "", "T", "O-BRIEN_t"),
        ("", "", "Titre", "SANS-NOM_titre"),
        ("../../etc/passwd", "..", "C:\\x", "ETC-PASSWD_c-x"),
        ("李", "Ľudmila", "東京", "Ludmila_formation"),
    ],
)
def test_a_stem_is_readable(last: str, first: str, title: str, stem: str) -> None:
    assert file_stem(last_name=last, first_name=first, title=title) == stem


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_any_name_makes_a_harmless_file(last: str, first: str, title: str) -> None:
    stem = file_stem(last_name=last, first_name=first, title=title)
    assert SAFE.fullmatch(stem)
    assert len(stem) <= 142
    assert PurePosixPath(stem).name == stem


@given(st.lists(st.sampled_from(["DUPONT_a", "dupont_A", "DUPONT_a_2", "X"]), max_size=20))
def test_no_two_files_have_one_name(stems: list[str]) -> None:
    names = FileNames()
    taken = [names.take(stem, ".pdf").casefold() for stem in stems]
    assert len(set(taken)) == len(taken)


def test_the_second_of_a_name_is_numbered() -> None:
    names = FileNames()
    assert [names.take("X", ".pdf") for _ in range(3)] == ["X.pdf", "X_2.pdf", "X_3.pdf"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [("Aurélie", "lefèvre", "A… L…"), ("", "Lefèvre", "L…"), ("", "", ""), (" ", " ", "")],
)
def test_a_name_is_masked_to_its_initials(first: str, last: str, shown: str) -> None:
    assert masked(first, last) == shown
