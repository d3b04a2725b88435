"""Median and quartiles of published rates, as plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles

MINIMUM = 5
"""Of fewer establishments nothing is shown: a median of three is one of them."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Shares from 0 to 1. A quarter of the establishments lies at `low` or below, half of them at
    `median` or below, three quarters at `high` or below."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Of `published` establishments out of `total`; `quartiles` is None where they are too few."""

    published: int
    total: int
    quartiles: Quartiles | None


def spread_of(rates: Iterable[float], *, total: int) -> Spread:
    """Each establishment counts once, whatever its size. Between two neighbours the quartile is
    interpolated (as spreadsheets do, QUARTILE.INC)."""
    found = sorted(rates)
    if len(found) < MINIMUM:
        return Spread(len(found), total, None)
    return Spread(len(found), total, Quartiles(*quantiles(found, n=4, method="inclusive")))
