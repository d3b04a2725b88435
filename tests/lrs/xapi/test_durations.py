"""Durations as the standard has them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import durations
from lrs.xapi.validation.formats import is_duration


@given(st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=4000)))
def test_a_duration_is_written_as_the_standard_has_it(time: dt.timedelta) -> None:
    written = durations.written(time)
    assert is_duration(written)
    lost = time - dt.timedelta(seconds=float(written[2:-1]))
    assert dt.timedelta(0) <= lost < dt.timedelta(milliseconds=10)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "PT0S"),
        (0.009, "PT0S"),
        (0.05, "PT0.05S"),
        (61.2, "PT61.20S"),
        (12_345.67, "PT12345.67S"),  # seven digits: no number format may round them
        (10_000_000, "PT10000000S"),
        (-3, "PT0S"),
    ],
)
def test_no_digit_is_lost_and_no_exponent_comes_in(seconds: float, written: str) -> None:
    assert durations.written(dt.timedelta(seconds=seconds)) == written
