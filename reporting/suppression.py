"""Which cells of the monthly grid are not shown, so that no group under five can be read.

Plain Python over the sizes of the groups (people counted: known or declared). The grid is additive
along **lines**: a total and the members that add up to it (an establishment over its role families,
a region over its establishments, the nation over its regions and over its families of
establishments). Readers may hold all published cells at once, so the pattern is decided for all of
them together and stored; what is hidden for one reader is hidden for all. For each table:

1. *Primary*: hide every group of one to four people, totals included. Zero stays: it says that
   nobody is there.
2. *Lines*: while a line hides exactly one of its cells (total minus the rest would give it), or
   shows its total and hides members that make up fewer than five people together (total minus the
   rest would give a group under five), hide one more of its cells: preferably one whose other lines
   already hide something, then the smallest; a total only when no member is left.
3. *Proof*: take the lines as equations over the hidden cells and eliminate. A hidden cell is
   determined exactly when its unit vector lies in the span of the equations, which shows as a
   reduced row with a single entry. For each such cell hide one more cell, on one of its lines or as
   near to it as one is left, and go back to 2.
4. Every round hides at least one more cell, and once all cells of a table are hidden none is
   determined (their sizes themselves solve the equations, as do twice their sizes), so it ends; at
   the end no linear combination of published figures gives a hidden one. The same holds for each
   measure (covered, overdue …), for they share lines and pattern.

Distinct people make totals slightly smaller than sums; the pattern takes the lines as exact, which
is the stricter assumption. What this does not promise: bounds (a hidden group next to a small total
is known to be small), and outcomes everybody shares (if a whole hospital has covered nobody, the
total says so about each of its groups).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

THRESHOLD = 5
# Elimination counts modulo a large prime, which is quick and keeps numbers small. It would differ
# from fractions only if a minor of these matrices of 0 and ±1 were a multiple of the prime.
PRIME = 2_147_483_647

CellKey: TypeAlias = Any  # anything hashable whose repr is stable


@dataclass(frozen=True)
class Line:
    """`total` = sum of `members`."""

    total: CellKey
    members: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return (self.total, *self.members)


def suppressed_cells(
    *, sizes: Mapping[CellKey, int], lines: Iterable[Line], threshold: int = THRESHOLD
) -> set[CellKey]:
    """The cells to hide. `sizes` holds every published cell; cells of lines that it lacks are 0."""
    pattern = _Pattern(sizes, list(lines), threshold)
    pattern.close_lines(pattern.lines)
    while determined := determined_cells(hidden=pattern.hidden, lines=pattern.lines):
        pattern.hide_beside(determined)
    return pattern.hidden


def determined_cells(*, hidden: set[CellKey], lines: Iterable[Line]) -> set[CellKey]:
    """The hidden cells that a linear combination of published cells gives exactly."""
    reduced: dict[CellKey, dict[CellKey, int]] = {}  # pivot -> row, fully reduced
    using: dict[CellKey, set[CellKey]] = defaultdict(set)  # cell -> pivots whose row has it
    for line in lines:
        row = _equation(line, hidden)
        for pivot in [cell for cell in row if cell in reduced]:
            _subtract(row, reduced[pivot], row[pivot])
        if not row:
            continue
        pivot = next(iter(row))
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
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


class _Pattern:
    """The hidden cells, growing."""

    def __init__(self, sizes: Mapping[CellKey, int], lines: list[Line], threshold: int) -> None:
        self.sizes = sizes
        self.lines = lines
        self.threshold = threshold
        self.hidden = {cell for cell, size in sizes.items() if 0 < size < threshold}
        self.lines_of: dict[CellKey, list[Line]] = defaultdict(list)
        for line in lines:
            for cell in line.cells:
                self.lines_of[cell].append(line)

    def close_lines(self, lines: Iterable[Line]) -> None:
        """Step 2, for these lines and whatever they pull along."""
        waiting = list(lines)
        while waiting:
            line = waiting.pop()
            if self._gives_something_away(line) and (cell := self._choose(line)) is not None:
                self.hidden.add(cell)
                waiting.extend(self.lines_of[cell])

    def hide_beside(self, determined: set[CellKey]) -> None:
        """Step 3: one more cell for each determined one, as near to it as one is left."""
        for cell in sorted(determined, key=repr):
            chosen = self._nearest_free(cell)
            if chosen is not None:
                self.hidden.add(chosen)
                self.close_lines(self.lines_of[chosen])

    def _nearest_free(self, start: CellKey) -> CellKey | None:
        """A cell to hide on a line of `start`, or on a line of a hidden cell beside it, and on."""
        seen, ring = {start}, [start]
        while ring:
            for cell in ring:
                for line in self.lines_of[cell]:
                    if (chosen := self._choose(line)) is not None:
                        return chosen
            beside = [c for cell in ring for line in self.lines_of[cell] for c in line.cells]
            ring = sorted({c for c in beside if c in self.hidden} - seen, key=repr)
            seen.update(ring)
        return None

    def _gives_something_away(self, line: Line) -> bool:
        members = [cell for cell in line.members if cell in self.hidden]
        if line.total in self.hidden:
            return not members
        return bool(members) and (
            len(members) == 1 or sum(self.sizes[cell] for cell in members) < self.threshold
        )

    def _choose(self, line: Line) -> CellKey | None:
        free = self._free(line.members) or self._free((line.total,))
        return min(free, key=self._cost(line), default=None)

    def _free(self, cells: Iterable[CellKey]) -> list[CellKey]:
        return [cell for cell in cells if self.sizes.get(cell, 0) and cell not in self.hidden]

    def _cost(self, line: Line) -> Callable[[CellKey], tuple[int, int, str]]:
        def cost(cell: CellKey) -> tuple[int, int, str]:
            others = [other for other in self.lines_of[cell] if other is not line]
            untouched = sum(self.hidden.isdisjoint(other.cells) for other in others)
            return untouched, self.sizes[cell], repr(cell)

        return cost


def _equation(line: Line, hidden: set[CellKey]) -> dict[CellKey, int]:
    row = {cell: 1 for cell in line.members if cell in hidden}
    if line.total in hidden:
        row[line.total] = PRIME - 1
    return row


def _subtract(row: dict[CellKey, int], other: Mapping[CellKey, int], factor: int) -> None:
    for cell, value in other.items():
        rest = (row.get(cell, 0) - factor * value) % PRIME
        if rest:
            row[cell] = rest
        else:
            row.pop(cell, None)


def _scale(row: dict[CellKey, int], factor: int) -> None:
    for cell in row:
        row[cell] = row[cell] * factor % PRIME
