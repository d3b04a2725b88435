"""What somebody can work out who knows that figures add up, and that they are whole and positive.

It shares no code with `reporting.suppression`: elimination in fractions, then bounds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, inf
from typing import TypeAlias

Unknown: TypeAlias = Hashable


@dataclass
class Equation:
    """Σ factor × unknown = right."""

    factors: dict[Unknown, Fraction]
    right: Fraction

    def minus(self, other: Equation, times: Fraction) -> Equation:
        factors = dict(self.factors)
        for unknown, factor in other.factors.items():
            factors[unknown] = factors.get(unknown, Fraction(0)) - times * factor
        rest = {unknown: factor for unknown, factor in factors.items() if factor}
        return Equation(rest, self.right - times * other.right)

    def without(self, found: Mapping[Unknown, Fraction]) -> Equation:
        """With what was `found` on the right."""
        known = sum(f * found[one] for one, f in self.factors.items() if one in found)
        rest = {one: factor for one, factor in self.factors.items() if one not in found}
        return Equation(rest, self.right - known)


def adds_up(
    total: Unknown, members: Iterable[Unknown], known: Mapping[Unknown, int]
) -> Equation | None:
    """«total = sum of members» with what is `known` on the right; None if nothing is unknown."""
    factors: dict[Unknown, Fraction] = {}
    right = Fraction(0)
    for one, sign in [(total, -1), *((member, 1) for member in members)]:
        if one in known:
            right -= sign * known[one]
        else:
            factors[one] = factors.get(one, Fraction(0)) + sign
    factors = {one: factor for one, factor in factors.items() if factor}
    return Equation(factors, right) if factors else None


def reduced(equations: Iterable[Equation]) -> list[Equation]:
    """Gauss and Jordan, exactly."""
    done: dict[Unknown, Equation] = {}
    for given in equations:
        row = given
        for pivot in [one for one in row.factors if one in done]:
            row = row.minus(done[pivot], row.factors[pivot])
        if not row.factors:
            continue
        pivot = next(iter(row.factors))
        scale = row.factors[pivot]
        row = Equation({k: v / scale for k, v in row.factors.items()}, row.right / scale)
        for other, known in done.items():
            if pivot in known.factors:
                done[other] = known.minus(row, known.factors[pivot])
        done[pivot] = row
    return list(done.values())


def determined(equations: Iterable[Equation]) -> dict[Unknown, int]:
    """Every unknown that a linear combination of the equations gives."""
    alone = [row for row in reduced(equations) if len(row.factors) == 1]
    return {next(iter(row.factors)): int(row.right) for row in alone}


def confined(equations: Iterable[Equation], *, least: int) -> dict[Unknown, int]:
    """Every unknown that has one value only, where each is a whole number of at least `least`, as
    equation after equation bounds its unknowns by one another."""
    rows = list(equations)
    low: dict[Unknown, float] = {}
    high: dict[Unknown, float] = {}
    for row in rows:
        for unknown in row.factors:
            low[unknown], high[unknown] = least, inf
    for _round in range(50):
        before = (dict(low), dict(high))
        for row in rows:
            _tighten(row, low, high)
        if before == (low, high):
            break
    return {unknown: int(value) for unknown, value in low.items() if value == high[unknown]}


def _tighten(row: Equation, low: dict[Unknown, float], high: dict[Unknown, float]) -> None:
    """What the bounds of the others say about each unknown of the equation."""
    for unknown, factor in row.factors.items():
        least = most = row.right
        for other, times in row.factors.items():
            if other != unknown:
                ends = (times * _number(low[other]), times * _number(high[other]))
                least, most = least - max(ends), most - min(ends)
        ends = (_over(least, factor), _over(most, factor))
        low[unknown] = max(low[unknown], _whole(min(ends), ceil))
        high[unknown] = min(high[unknown], _whole(max(ends), floor))


def _number(value: float) -> Fraction | float:
    return value if value in (inf, -inf) else Fraction(value)


def _over(value: Fraction | float, factor: Fraction) -> Fraction | float:
    return value / factor if isinstance(value, Fraction) else value * (1 if factor > 0 else -1)


def _whole(value: Fraction | float, to: object) -> float:
    return value if value in (inf, -inf) else to(value)  # type: ignore[operator]


def line_by_line(equations: Iterable[Equation]) -> dict[Unknown, Fraction]:
    """What a patient reader finds who never combines two lines: a line with one unknown gives it,
    and she writes it into the others."""
    rows = list(equations)
    found: dict[Unknown, Fraction] = {}
    while True:
        new = {}
        for row in rows:
            rest = row.without(found)
            if len(rest.factors) == 1:
                ((unknown, factor),) = rest.factors.items()
                new[unknown] = rest.right / factor
        if not new.keys() - found.keys():
            return found
        found |= new
