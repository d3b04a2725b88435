"""For how long a completion counts, at the borders."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.validity import is_valid_at, months_added, shortest, valid_until

DATES = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 1, 15), 1, dt.date(2026, 2, 15)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 11, 30), 3, dt.date(2027, 2, 28)),
        (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
        (dt.date(2026, 1, 10), -1, dt.date(2025, 12, 10)),
    ],
)
def test_months_added_clamps_to_the_month(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_added(day, months) == expected


@given(DATES, st.integers(1, 120))
def test_later_months_are_later_and_in_the_right_month(day: dt.date, months: int) -> None:
    later = months_added(day, months)
    assert later > day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_the_last_valid_day_is_the_one_before_the_end() -> None:
    done = dt.date(2025, 5, 10)
    assert valid_until(done, 12) == dt.date(2026, 5, 10)
    assert is_valid_at(done, 12, dt.date(2026, 5, 9))
    assert not is_valid_at(done, 12, dt.date(2026, 5, 10))
    assert not is_valid_at(done, 12, dt.date(2025, 5, 9))
    assert is_valid_at(done, None, dt.date(2060, 1, 1))


def test_the_strictest_validity_rules() -> None:
    assert shortest([None, 24, 12]) == 12
    assert shortest([None]) is None
    assert shortest([]) is None
