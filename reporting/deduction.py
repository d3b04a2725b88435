"""What follows from published sums: cells that a reader can work out although they are hidden.

Plain Python over `Line`s, each of which says that a total is the sum of its members.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

# Elimination counts modulo a large prime, which is quick and keeps numbers small. It would differ
# from fractions only if a minor of these matrices of 0 and ±1 were a multiple of the prime.
PRIME = 2_147_483_647
# A cell is confined within a few steps or creeps for ever; there is no harm in leaving off.
MOST_NARROWED = 50

CellKey: TypeAlias = Any  # anything hashable
Row: TypeAlias = dict[CellKey, int]
Bounds: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """`total` = sum of `members`."""

    total: CellKey
    members: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return (self.total, *self.members)


def determined_cells(*, hidden: AbstractSet[CellKey], lines: Iterable[Line]) -> set[CellKey]:
    """The hidden cells that a linear combination of published cells gives exactly."""
    reduced = _reduced(_equation(line, hidden) for line in lines)
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def derivation(
    *, cell: CellKey, hidden: AbstractSet[CellKey], lines: Sequence[Line]
) -> dict[CellKey, int] | None:
    """One way to work `cell` out: the cells of the lines that are added up, each with its factor in
    the sum (modulo PRIME, never 0). Of the hidden ones only `cell` is left, so hiding any other one
    bars this way. None if there is no way."""
    rows = []
    for number, line in enumerate(lines):
        row = _equation(line, hidden)
        if row:
            row[_Used(number)] = 1
            rows.append(row)
    row = _reduced(rows).get(cell, {})
    used = {key.line: factor for key, factor in row.items() if isinstance(key, _Used)}
    if len(row) != len(used) + 1:
        return None
    factors: dict[CellKey, int] = defaultdict(int)
    for number, factor in used.items():
        factors[lines[number].total] -= factor
        for member in lines[number].members:
            factors[member] += factor
    return {one: factor % PRIME for one, factor in factors.items() if factor % PRIME}


@dataclass(frozen=True, slots=True, eq=False)
class _Used:
    """Stands in a row for how often a line went into it."""

    line: int


def _equation(line: Line, hidden: AbstractSet[CellKey]) -> Row:
    row = {cell: 1 for cell in line.members if cell in hidden}
    if line.total in hidden:
        row[line.total] = PRIME - 1
    return row


def _reduced(rows: Iterable[Row]) -> dict[CellKey, Row]:
    """Pivot -> its row, after Gauss and Jordan."""
    reduced: dict[CellKey, Row] = {}
    using: dict[CellKey, set[CellKey]] = defaultdict(set)  # cell -> pivots whose row has it
    for row in rows:
        for known in [cell for cell in row if cell in reduced]:
            _subtract(row, reduced[known], row[known])
        pivot = next((cell for cell in row if not isinstance(cell, _Used)), None)
        if pivot is None:
            continue
        _scale(row, pow(row[pivot], -1, PRIME))
        for other in list(using[pivot]):
            before = set(reduced[other])
            _subtract(reduced[other], row, reduced[other][pivot])
            for cell in before - reduced[other].keys():
                using[cell].discard(other)
            for cell in reduced[other].keys() - before:
                using[cell].add(other)
        reduced[pivot] = row
        for cell in row:
            using[cell].add(pivot)
    return reduced


def _subtract(row: Row, other: Mapping[CellKey, int], factor: int) -> None:
    for cell, value in other.items():
        rest = (row.get(cell, 0) - factor * value) % PRIME
        if rest:
            row[cell] = rest
        else:
            row.pop(cell, None)


def _scale(row: Row, factor: int) -> None:
    for cell in row:
        row[cell] = row[cell] * factor % PRIME


def confined_cells(
    *, hidden: AbstractSet[CellKey], lines: Iterable[Line], sizes: Mapping[CellKey, int]
) -> set[CellKey]:
    """The hidden cells that can have one size only, as each line bounds what it holds by the rest
    of it, line after line until nothing changes."""
    bounds = dict.fromkeys(hidden, (1.0, inf))
    parts = [part for line in lines if (part := _Part.of(line, hidden, sizes)) is not None]
    parts_of: dict[CellKey, list[_Part]] = defaultdict(list)
    for part in parts:
        for cell in part.cells:
            parts_of[cell].append(part)
    waiting = dict.fromkeys(parts)
    narrowed: dict[CellKey, int] = defaultdict(int)
    while waiting:
        part = next(iter(waiting))
        del waiting[part]
        for cell, (low, high) in part.narrowed(bounds):
            before = bounds[cell]
            bounds[cell] = max(before[0], low), min(before[1], high)
            if bounds[cell] != before and narrowed[cell] < MOST_NARROWED:
                narrowed[cell] += 1
                waiting |= dict.fromkeys(parts_of[cell])
    return {cell for cell, (low, high) in bounds.items() if low == high}


@dataclass(frozen=True, eq=False)
class _Part:
    """What a line says of its hidden cells: `members` - `total`, if that is hidden = `right`."""

    members: tuple[CellKey, ...]
    total: CellKey | None
    right: int

    @classmethod
    def of(
        cls, line: Line, hidden: AbstractSet[CellKey], sizes: Mapping[CellKey, int]
    ) -> _Part | None:
        members = tuple(cell for cell in line.members if cell in hidden)
        total = line.total if line.total in hidden else None
        if not members and total is None:
            return None
        right = sum(sizes[cell] for cell in members) - (0 if total is None else sizes[total])
        return cls(members, total, right)

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return self.members if self.total is None else (*self.members, self.total)

    def narrowed(self, known: Mapping[CellKey, Bounds]) -> Iterator[tuple[CellKey, Bounds]]:
        """Each cell that the others confine more than is known, with what it is confined to."""
        low = sum(known[cell][0] for cell in self.members)
        high = sum(known[cell][1] for cell in self.members if known[cell][1] < inf)
        endless = sum(known[cell][1] == inf for cell in self.members)
        least, most = (0.0, 0.0) if self.total is None else known[self.total]
        for cell in self.members:
            own_low, own_high = known[cell]
            is_endless = own_high == inf
            others_high = inf if endless > is_endless else high - (0 if is_endless else own_high)
            upper = self.right + most - (low - own_low)
            yield cell, (self.right + least - others_high, upper)
        if self.total is not None:
            yield self.total, (low - self.right, inf if endless else high - self.right)
