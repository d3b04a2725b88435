"""For how long a completion counts, at the borders."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.validity import (
    Renewal,
    due_day,
    is_valid_at,
    months_added,
    shortest,
    valid_until,
)

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


@pytest.mark.parametrize(
    ("begins", "due_days", "due_on", "expected"),
    [
        (dt.date(2026, 1, 1), 90, None, dt.date(2026, 4, 1)),
        (dt.date(2026, 1, 1), 30, dt.date(2026, 6, 30), dt.date(2026, 6, 30)),
        (dt.date(2026, 6, 15), 30, dt.date(2026, 6, 30), dt.date(2026, 7, 15)),
        (dt.date(2027, 3, 1), 30, dt.date(2026, 6, 30), dt.date(2027, 3, 31)),
        (dt.date(2026, 1, 1), 0, None, dt.date(2026, 1, 1)),
        (dt.date(2026, 5, 31), 30, dt.date(2026, 6, 30), dt.date(2026, 6, 30)),
    ],
)
def test_a_fixed_day_leaves_newcomers_their_delay(
    begins: dt.date, due_days: int, due_on: dt.date | None, expected: dt.date
) -> None:
    assert due_day(begins=begins, due_days=due_days, due_on=due_on) == expected


CHANGE = Renewal(changed_on=dt.date(2026, 3, 1), required_from=dt.date(2026, 6, 1))


@pytest.mark.parametrize(
    ("completed", "day", "counts"),
    [
        (dt.date(2026, 2, 28), dt.date(2026, 3, 1), True),  # the change itself takes nothing away
        (dt.date(2026, 2, 28), dt.date(2026, 5, 31), True),
        (dt.date(2026, 2, 28), dt.date(2026, 6, 1), False),
        (dt.date(2026, 3, 1), dt.date(2026, 6, 1), True),
        (dt.date(2026, 3, 1), dt.date(2040, 1, 1), True),
    ],
)
def test_a_retraining_ends_what_was_done_before_the_change(
    completed: dt.date, day: dt.date, counts: bool
) -> None:
    assert is_valid_at(completed, None, day, [CHANGE]) is counts


def test_what_ends_first_ends_it() -> None:
    done = dt.date(2026, 2, 28)
    assert valid_until(done, 2, [CHANGE]) == dt.date(2026, 4, 28)
    assert valid_until(done, 12, [CHANGE]) == dt.date(2026, 6, 1)
    assert valid_until(dt.date(2026, 3, 1), 12, [CHANGE]) == dt.date(2027, 3, 1)


RENEWALS = st.lists(
    st.builds(
        lambda changed, days: Renewal(changed, changed + dt.timedelta(days)),
        DATES,
        st.integers(0, 400),
    ),
    max_size=4,
)


@given(DATES, st.integers(0, 900), st.none() | st.integers(1, 60), RENEWALS)
def test_a_later_completion_never_ends_before_an_earlier_one(
    first: dt.date, days: int, months: int | None, renewals: list[Renewal]
) -> None:
    """What coverage relies on when it looks at the latest completion only."""
    ends = [
        valid_until(day, months, renewals) or dt.date.max
        for day in (first, first + dt.timedelta(days))
    ]
    assert ends == sorted(ends)
