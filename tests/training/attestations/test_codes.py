"""Verification codes: how they are drawn, shown and read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.attestations.codes import ALPHABET, LENGTH, code_new, code_read, code_shown


def test_a_code_carries_sixty_bits_and_no_look_alikes() -> None:
    assert LENGTH * math.log2(len(ALPHABET)) >= 60
    assert not set("ILOU") & set(ALPHABET)
    assert len({code_new() for _ in range(1000)}) == 1000


def test_a_code_is_shown_in_groups_of_four() -> None:
    assert code_shown("7KQ2M9XW4TBD") == "7KQ2-M9XW-4TBD"


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ2-M9XW-4TB0",
        "7kq2m9xw4tb0",
        " 7KQ2 M9XW 4TB0 ",
        "7KQ2–M9XW—4TBo",
        "7KQ2\u00a0M9XW\u202f4TBO",
        "７ＫＱ２Ｍ９ＸＷ４ＴＢ０",
        "7.K.Q.2.M.9.X.W.4.T.B.O",
    ],
)
def test_case_spaces_hyphens_and_look_alikes_do_not_matter(typed: str) -> None:
    assert code_read(typed) == "7KQ2M9XW4TB0"


@pytest.mark.parametrize("typed", ["", "7KQ2", "U" * 12, "7KQ2M9XW4TBDX", "é" * 12, "x" * 100_000])
def test_what_nobody_was_given_is_no_code(typed: str) -> None:
    assert code_read(typed) == ""


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH))
def test_what_is_printed_is_read(code: str) -> None:
    assert code_read(code_shown(code)) == code


@given(st.text(max_size=80))
def test_any_text_is_a_code_or_nothing(typed: str) -> None:
    code = code_read(typed)
    assert code == "" or (len(code) == LENGTH and set(code) <= set(ALPHABET))
