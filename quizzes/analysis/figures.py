"""From sums to figures; plain functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MIN_SHOWN = 5
"""Of fewer answers nothing is shown: they could be one department's, or one person's."""

MIN_CORRELATED = 30
"""Of fewer, a correlation says more about chance: its standard error is near 1/√n."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Of `n` pairs (x, y)."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.n + other.n,
            self.x + other.x,
            self.y + other.y,
            self.xx + other.xx,
            self.yy + other.yy,
            self.xy + other.xy,
        )


def facility(count: int, scaled: float) -> float | None:
    """The mean score of a question, from 0 (nobody) to 1 (everybody); None if too few answered."""
    return scaled / count if count >= MIN_SHOWN else None


def discrimination(sums: Sums) -> float | None:
    """How far those who do well elsewhere do well here, from -1 to 1.

    The item–rest correlation: the product-moment (for right or wrong answers, point-biserial)
    correlation of the question's score with the mean score of the attempt's other questions. The
    question itself is left out of the total, which would else flatter it in a short quiz:
    S. Henrysson, «Correction of item-total correlations in item analysis», Psychometrika 28 (1963),
    pages 211-218.

    None with fewer than `MIN_CORRELATED` answers, or if all are alike.
    """
    if sums.n < MIN_CORRELATED:
        return None
    spread_x = sums.n * sums.xx - sums.x**2
    spread_y = sums.n * sums.yy - sums.y**2
    if min(spread_x, spread_y) <= 1e-9 * sums.n**2:
        return None
    r = (sums.n * sums.xy - sums.x * sums.y) / math.sqrt(spread_x * spread_y)
    return max(-1.0, min(1.0, r))


def median(histogram: Mapping[int, int]) -> float | None:
    """The median of values counted by value; None if too few."""
    count = sum(histogram.values())
    if count < MIN_SHOWN:
        return None
    low = _at(sorted(histogram.items()), (count - 1) // 2)
    high = _at(sorted(histogram.items()), count // 2)
    return (low + high) / 2


def _at(counted: Iterable[tuple[int, int]], position: int) -> int:
    """The value at `position` (from 0) of the sorted list that was counted."""
    for value, count in counted:
        if position < count:
            return value
        position -= count
    raise IndexError(position)
