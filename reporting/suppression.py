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
   rest would give a group under five) or as many people as members (each would be one person), hide
   one more of its cells: preferably one whose other lines already hide something, then the
   smallest; a total only when no member is left.
3. *Proof*: take the lines as equations over the hidden cells and eliminate. A hidden cell is
   determined exactly when its unit vector lies in the span of the equations, which shows as a
   reduced row with a single entry. For each such cell hide one more cell, on one of its lines or as
   near to it as one is left, and go back to 2.
4. *Bounds*: a hidden group has at least one person (an empty one is shown), and no more than its
   totals leave it. Where line after line confines a group under five to one number, go on as in 3.
5. Every round hides at least one more cell, and once all cells of a table are hidden none is
   determined (their sizes themselves solve the equations, as do twice their sizes), so it ends; at
   the end no linear combination of published figures gives a hidden one. The same holds for each
   measure (covered, overdue …), for they share lines and pattern.

**Months beside it.** A group that has as many people as a month ago is most likely the same people,
and what one month shows of it the other cannot hide. So the lines are closed (step 2) over this
month and those beside it that are frozen already, where a group that did not change is one cell,
hidden only if both months hide it, and only what changed can be hidden; then all steps are taken
over the month alone. So no line of a month, read with the months beside it, gives a small group to
whoever takes what did not change to be the same people. No total above the establishments is hidden
for this reason: it would cost every reader a figure, to withstand one who knows that nobody else
came or left. Eliminating over several months together would withstand a reader who combines their
lines, and takes longer than the nation can wait.

Distinct people make totals slightly smaller than sums; the pattern takes the lines as exact, which
is the stricter assumption. What this does not promise: bounds that leave a choice (a hidden group
next to a small total is known to be small) or that take several lines together; how many a small
group is, where another training is known to be asked of the same people (of its outcome that says
nothing); and outcomes everybody shares (if a whole hospital has covered nobody, the total says so
about each of its groups).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

THRESHOLD = 5
# Elimination counts modulo a large prime, which is quick and keeps numbers small. It would differ
# from fractions only if a minor of these matrices of 0 and ±1 were a multiple of the prime.
PRIME = 2_147_483_647
# A cell is confined within a few steps or creeps for ever; there is no harm in leaving off.
MOST_NARROWED = 50

CellKey: TypeAlias = Any  # anything hashable whose repr is stable
Bounds: TypeAlias = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """`total` = sum of `members`."""

    total: CellKey
    members: tuple[CellKey, ...]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        return (self.total, *self.members)


@dataclass(frozen=True)
class Settled:
    """Months beside this one, as they are frozen: the cells that they show and those that they
    hide, under the same keys where nothing changed, with their sizes and their lines. On their
    account none of `spared` is hidden."""

    sizes: Mapping[CellKey, int]
    lines: Sequence[Line]
    shown: AbstractSet[CellKey]
    spared: AbstractSet[CellKey]

    @property
    def hidden(self) -> set[CellKey]:
        return {cell for cell, size in self.sizes.items() if size} - self.shown


NOTHING_SETTLED = Settled(sizes={}, lines=(), shown=frozenset(), spared=frozenset())


def suppressed_cells(
    *,
    sizes: Mapping[CellKey, int],
    lines: Iterable[Line],
    threshold: int = THRESHOLD,
    settled: Settled = NOTHING_SETTLED,
) -> set[CellKey]:
    """The cells to hide. `sizes` holds every published cell; cells of lines that it lacks are 0."""
    own = list(lines)
    hidden = {cell for cell, size in sizes.items() if 0 < size < threshold}
    if settled.sizes:
        together = _Pattern(
            sizes={**settled.sizes, **sizes},
            lines=[*settled.lines, *own],
            threshold=threshold,
            hidden=hidden | settled.hidden,
            fixed=settled.sizes.keys() | settled.spared,
        )
        together.close_lines(together.lines)
        hidden = together.hidden & sizes.keys()
    return _Pattern(sizes=sizes, lines=own, threshold=threshold, hidden=hidden).completed()


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
    """The hidden cells, growing; those that are `fixed` stay as they are."""

    def __init__(
        self,
        *,
        sizes: Mapping[CellKey, int],
        lines: list[Line],
        threshold: int,
        hidden: set[CellKey],
        fixed: AbstractSet[CellKey] = frozenset(),
    ) -> None:
        self.sizes = sizes
        self.lines = lines
        self.threshold = threshold
        self.hidden = set(hidden)
        self.fixed = fixed
        self.lines_of: dict[CellKey, list[Line]] = defaultdict(list)
        for line in lines:
            for cell in line.cells:
                self.lines_of[cell].append(line)

    def completed(self) -> set[CellKey]:
        """Steps 2 to 5."""
        self.close_lines(self.lines)
        while self.hide_beside(
            determined_cells(hidden=self.hidden, lines=self.lines)
        ) or self.hide_beside(self._confined()):
            pass
        return self.hidden

    def _confined(self) -> set[CellKey]:
        found = confined_cells(hidden=self.hidden, lines=self.lines, sizes=self.sizes)
        return {cell for cell in found if self.sizes[cell] < self.threshold}

    def close_lines(self, lines: Iterable[Line]) -> None:
        """Step 2, for these lines and whatever they pull along."""
        waiting = list(lines)
        while waiting:
            line = waiting.pop()
            if self._gives_something_away(line) and (cell := self._choose(line)) is not None:
                self.hidden.add(cell)
                waiting.extend(self.lines_of[cell])

    def hide_beside(self, determined: set[CellKey]) -> bool:
        """One more cell for each of these, as near to it as one is left; whether there was one."""
        before = len(self.hidden)
        for cell in sorted(determined, key=repr):
            chosen = self._nearest_free(cell)
            if chosen is not None:
                self.hidden.add(chosen)
                self.close_lines(self.lines_of[chosen])
        return len(self.hidden) > before

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
        people = sum(self.sizes[cell] for cell in members)
        return bool(members) and (
            len(members) == 1 or people < self.threshold or people == len(members)
        )

    def _choose(self, line: Line) -> CellKey | None:
        free = self._free(line.members) or self._free((line.total,))
        return min(free, key=self._cost(line), default=None)

    def _free(self, cells: Iterable[CellKey]) -> list[CellKey]:
        return [
            cell
            for cell in cells
            if self.sizes.get(cell, 0) and cell not in self.hidden and cell not in self.fixed
        ]

    def _cost(self, line: Line) -> Callable[[CellKey], tuple[int, int, str]]:
        def cost(cell: CellKey) -> tuple[int, int, str]:
            others = [other for other in self.lines_of[cell] if other is not line]
            untouched = sum(self.hidden.isdisjoint(other.cells) for other in others)
            return untouched, self.sizes[cell], repr(cell)

        return cost


def confined_cells(
    *, hidden: set[CellKey], lines: Iterable[Line], sizes: Mapping[CellKey, int]
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
    def of(cls, line: Line, hidden: set[CellKey], sizes: Mapping[CellKey, int]) -> _Part | None:
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
