"""Median and quartiles: by hand, and against a naive definition."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.observatory.charts import share_text
from reporting.observatory.quartiles import MINIMUM, Quartiles, spread_of

shares = st.integers(0, 1000).map(lambda n: Fraction(n, 1000))


def test_five_establishments_by_hand() -> None:
    # In order 10, 20, 30, 40, 50 %: the second, the third and the fourth.
    spread = spread_of([0.5, 0.1, 0.3, 0.2, 0.4], total=7)
    assert (spread.published, spread.total) == (5, 7)
    assert spread.quartiles == Quartiles(0.2, 0.3, 0.4)


def test_six_establishments_by_hand() -> None:
    # 10 … 60 %: a quarter of the way from the second to the third is 22.5 %, and so on.
    quartiles = spread_of([n / 10 for n in range(1, 7)], total=6).quartiles
    assert quartiles is not None
    assert (quartiles.low, quartiles.median, quartiles.high) == pytest.approx((0.225, 0.35, 0.475))


@pytest.mark.parametrize("count", range(MINIMUM))
def test_too_few_are_not_shown(count: int) -> None:
    spread = spread_of([0.5] * count, total=40)
    assert spread.quartiles is None
    assert (spread.published, spread.total) == (count, 40)


def naive(rates: list[Fraction], part: Fraction) -> Fraction:
    """The value at `part` of the way from the first to the last, straight between neighbours."""
    ordered = sorted(rates)
    place = part * (len(ordered) - 1)
    below = ordered[place.__floor__()]
    above = ordered[place.__ceil__()]
    return below + (above - below) * (place - place.__floor__())


@given(st.lists(shares, min_size=MINIMUM, max_size=60))
def test_quartiles_are_the_naive_ones(rates: list[Fraction]) -> None:
    found = spread_of([float(rate) for rate in rates], total=len(rates)).quartiles
    assert found is not None
    wanted = [float(naive(rates, Fraction(quarter, 4))) for quarter in (1, 2, 3)]
    assert (found.low, found.median, found.high) == pytest.approx(wanted)
    assert min(rates) - Fraction(1, 10**9) <= found.low <= found.median <= found.high


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0"), (0.001, "1"), (0.225, "23"), (0.475, "48"), (0.999, "99"), (1, "100")],
)
def test_shares_round_as_cells_do(share: float, text: str) -> None:
    assert share_text(share) == f"{text}\xa0%"
