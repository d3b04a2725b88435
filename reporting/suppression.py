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
   the cheapest of its cells.
3. *Proof*: take the lines as equations over the hidden cells and eliminate. A hidden cell is
   determined exactly when its unit vector lies in the span of the equations, which shows as a
   reduced row with a single entry. For each such cell follow the sum of few lines that gives it and
   hide the cheapest cell that stands in this sum; where no few lines do, hide the nearest cell that
   is no total above the establishments; and go back to 2.
4. *Bounds*: a hidden group has at least one person (an empty one is shown), and no more than its
   totals leave it. Where line after line confines a group under five to one number, hide the
   nearest cell as in 3, and go back to 2.
5. *Sparing totals*: show again, the dearest first, each cell above the lowest rank that is no small
   group, with the large cells that then follow, if steps 2 to 4 still find nothing. So each total
   that stays hidden would give a small group away, alone or with what follows from it.

Steps 2 to 4 hide at least one more cell each round. Once all cells of a table are hidden none is
determined (their sizes themselves solve the equations, as do twice their sizes), so it ends; at the
end no linear combination of published figures gives a hidden one. The same holds for each measure
(covered, overdue …), for they share lines and pattern.

**What is cheap.** Cells have ranks: a role family of an establishment, an establishment, a role
family of a region (family, size), a region, a role family of the nation, the nation. The lowest
rank is hidden first; of equal ones that whose lines hide something already, then the smallest. A
line with a single member is one number under two names, so such a cell ranks as its total does: the
only hospital of its family is not hidden where another will do.

**Months beside it.** A group that has as many people as a month ago is most likely the same people,
and what one month shows of it the other cannot hide. So the lines are closed (step 2) over this
month and those beside it that are frozen already, where a group that did not change is one cell,
hidden only if both months hide it, and only what changed can be hidden, unless it is of no use,
for what stays shown gives it; then all steps are taken over the month alone. So no line of a month,
read after any others with the months beside it, gives a small group to whoever takes what did not
change to be the same people. A total above the establishments goes last here too, where nothing
else of its line changed; and none stays hidden only because it was so last month. Eliminating over
several months together would withstand a reader who combines their lines, and takes longer than the
nation can wait.

Distinct people make totals slightly smaller than sums; the pattern takes the lines as exact, which
is the stricter assumption. What this does not promise: bounds that leave a choice (a hidden group
next to a small total is known to be small) or that take several lines together; how many a small
group is, where another training is known to be asked of the same people (of its outcome that says
nothing); and outcomes everybody shares (if a whole hospital has covered nobody, the total says so
about each of its groups).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from reporting.deduction import (
    CellKey,
    Line,
    confined_cells,
    derivation,
    determined_cells,
)

__all__ = [
    "THRESHOLD",
    "Line",
    "Settled",
    "determined_cells",
    "suppressed_cells",
]

THRESHOLD = 5
# Looking for the way in which a cell is worked out stops here: it takes the square of the lines.
MOST_LINES = 100


@dataclass(frozen=True)
class Settled:
    """Months beside this one, as they are frozen: the cells that they show and those that they
    hide, under the same keys where nothing changed, with their sizes and their lines. None of
    `spared` stays hidden only because they hide it."""

    sizes: Mapping[CellKey, int]
    lines: Sequence[Line]
    shown: AbstractSet[CellKey]
    spared: AbstractSet[CellKey]

    @property
    def hidden(self) -> set[CellKey]:
        return {cell for cell, size in self.sizes.items() if size} - self.shown - self.spared

    @property
    def spared_then(self) -> AbstractSet[CellKey]:
        """What this month may hide or show, whatever they do."""
        return self.spared - self.shown


NOTHING_SETTLED = Settled(sizes={}, lines=(), shown=frozenset(), spared=frozenset())


def suppressed_cells(
    *,
    sizes: Mapping[CellKey, int],
    lines: Iterable[Line],
    rank: Callable[[CellKey], int] | None = None,
    threshold: int = THRESHOLD,
    settled: Settled = NOTHING_SETTLED,
) -> set[CellKey]:
    """The cells to hide. `sizes` holds every published cell; cells of lines that it lacks are 0.
    What has the lowest `rank` goes first; without ranks, what has no members."""
    cells = _Cells(sizes={**settled.sizes, **sizes})
    own = cells.lines(lines)
    small = {cell for cell, size in sizes.items() if 0 < size < threshold}
    hidden = cells.numbers(small)
    if settled.sizes:
        everything = [*cells.lines(settled.lines), *own]
        together = _Pattern(
            sizes=cells.sizes,
            ranks=cells.ranks(rank, everything),
            lines=everything,
            threshold=threshold,
            hidden=hidden | cells.numbers(settled.hidden),
            fixed=cells.numbers(settled.sizes.keys() - settled.spared_then),
        )
        together.close_lines()
        hidden = together.hidden & cells.numbers(sizes)
    pattern = _Pattern(
        sizes=cells.sizes,
        ranks=cells.ranks(rank, own),
        lines=own,
        threshold=threshold,
        hidden=hidden,
    )
    return cells.names(pattern.completed())


class _Cells:
    """Cells by number, in the order in which they are given: numbers are quick, and settle ties."""

    def __init__(self, *, sizes: Mapping[CellKey, int]) -> None:
        self._keys = [cell for cell, size in sizes.items() if size]
        self._number = {cell: number for number, cell in enumerate(self._keys)}
        self.sizes = [sizes[cell] for cell in self._keys]

    def numbers(self, cells: Iterable[CellKey]) -> set[int]:
        return {self._number[cell] for cell in cells if cell in self._number}

    def names(self, numbers: Iterable[int]) -> set[CellKey]:
        return {self._keys[number] for number in numbers}

    def lines(self, lines: Iterable[Line]) -> list[Line]:
        """Lines between numbers, without the cells that are empty. A total that is nowhere is
        shown."""
        return [
            Line(self._number.get(line.total, NOWHERE), members)
            for line in lines
            if (members := tuple(self._number[m] for m in line.members if m in self._number))
        ]

    def ranks(self, rank: Callable[[CellKey], int] | None, lines: Sequence[Line]) -> list[int]:
        """What hiding a cell costs: its rank, or that of a total which is the same number, for a
        line with a single member is one cell under two names."""
        ranks = _depths(lines, len(self._keys)) if rank is None else list(map(rank, self._keys))
        same = [(line.total, line.members[0]) for line in lines if len(line.members) == 1]
        changed = True
        while changed:
            changed = False
            for total, member in same:
                if total != NOWHERE and ranks[total] != ranks[member]:
                    ranks[total] = ranks[member] = max(ranks[total], ranks[member])
                    changed = True
        return ranks


NOWHERE = -1
LOWEST = 0
SPARED = 1  # what ranks higher is hidden only where nothing else will do


def _depths(lines: Sequence[Line], count: int) -> list[int]:
    """How many totals deep the sums of each cell are."""
    depths = [0] * count
    changed = True
    while changed:
        changed = False
        for line in lines:
            depth = 1 + max(depths[member] for member in line.members)
            if line.total != NOWHERE and depths[line.total] < depth:
                depths[line.total] = depth
                changed = True
    return depths


@dataclass
class _Pattern:
    """The hidden cells; those that are `fixed` stay as they are."""

    sizes: Sequence[int]
    ranks: Sequence[int]
    lines: Sequence[Line]
    threshold: int
    hidden: set[int]
    fixed: AbstractSet[int] = frozenset()
    lines_of: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.pinned = frozenset(self.hidden)
        self.lines_of = [[] for _ in self.sizes]
        for number, line in enumerate(self.lines):
            for cell in line.cells:
                if cell != NOWHERE:
                    self.lines_of[cell].append(number)
        # Of each line: how many members are hidden, and how many people they are.
        self.count = [0] * len(self.lines)
        self.people = [0] * len(self.lines)
        for cell in self.hidden:
            self._enter(cell, 1)
        self.given = self._given() if self.fixed else set()

    def completed(self) -> set[int]:
        """Steps 2 to 5."""
        self.close_lines()
        unproved, unbounded = self.lines, self.lines
        while unproved:
            hidden = frozenset(self.hidden)
            self._bar_derivations(unproved)
            unproved = self._around(self.hidden - hidden)
            if unbounded is not self.lines:
                unbounded = [*unbounded, *unproved]
            if not unproved:
                hidden = frozenset(self.hidden)
                self._widen_bounds(unbounded)
                unbounded = unproved = self._around(self.hidden - hidden)
        self._spare_totals()
        return self.hidden

    # Hiding and showing

    def hide(self, cell: int) -> None:
        self.hidden.add(cell)
        self._enter(cell, 1)

    def show(self, cell: int) -> None:
        self.hidden.remove(cell)
        self._enter(cell, -1)

    def _enter(self, cell: int, sign: int) -> None:
        for number in self.lines_of[cell]:
            if self.lines[number].total != cell:
                self.count[number] += sign
                self.people[number] += sign * self.sizes[cell]

    # Step 2: lines

    def close_lines(self, numbers: Iterable[int] | None = None) -> None:
        """Step 2, for these lines (for all) and whatever they pull along."""
        waiting = list(range(len(self.lines)) if numbers is None else numbers)
        while waiting:
            number = waiting.pop()
            if self._gives_something_away(number) and (found := self._choose(number)) is not None:
                self.hide(found)
                waiting.extend(self.lines_of[found])

    def _gives_something_away(self, number: int) -> bool:
        count = self.count[number]
        if self.lines[number].total in self.hidden:
            return not count
        people = self.people[number]
        return bool(count) and (count == 1 or people < self.threshold or people == count)

    def _choose(self, number: int) -> int | None:
        free = [cell for cell in self.lines[number].cells if self._is_free(cell)]
        free = [cell for cell in free if cell not in self.given] or free
        return min(free, key=self._cost, default=None)

    def _given(self) -> set[int]:
        """What the cells that stay shown give, line after line: hiding it would be of no use."""
        known = self.fixed - self.hidden
        unknown = [sum(cell not in known for cell in line.cells) for line in self.lines]
        found: set[int] = set()
        waiting = [number for number, cells in enumerate(unknown) if cells == 1]
        while waiting:
            line = self.lines[waiting.pop()]
            for cell in line.cells:
                if cell != NOWHERE and cell not in known and cell not in found:
                    found.add(cell)
                    for number in self.lines_of[cell]:
                        unknown[number] -= 1
                        if unknown[number] == 1:
                            waiting.append(number)
        return found

    def _is_free(self, cell: int) -> bool:
        return cell != NOWHERE and cell not in self.hidden and cell not in self.fixed

    def _cost(self, cell: int) -> tuple[int, int, int, int]:
        """The rank, how many lines would have their first cell hidden, the size."""
        lines = self.lines_of[cell]
        untouched = sum(
            not self.count[number] and self.lines[number].total not in self.hidden
            for number in lines
        )
        return self.ranks[cell], untouched, self.sizes[cell], cell

    # Step 3: proof

    def _bar_derivations(self, lines: Sequence[Line]) -> None:
        """For each hidden cell that can be worked out, hide one cell of the sum that gives it."""
        found = determined_cells(hidden=self.hidden, lines=lines)
        before = frozenset(self.hidden)
        for cell in sorted(found):
            factors = self._derivation(cell, before)
            if not self.hidden.isdisjoint(factors.keys() - {cell}):
                continue  # barred meanwhile
            free = [one for one in factors if self._is_free(one)]
            chosen = min(free, key=self._cost) if free else self._nearest_free(cell)
            if chosen is not None:
                self.hide(chosen)
                self.close_lines(self.lines_of[chosen])

    def _derivation(self, cell: int, hidden: AbstractSet[int]) -> Mapping[int, int]:
        """From as few lines around the cell as will do; none if it takes very many."""
        numbers, wider = set[int](), set(self.lines_of[cell])
        while len(numbers) < len(wider) < MOST_LINES:
            numbers = wider
            lines = [self.lines[number] for number in sorted(numbers)]
            factors = derivation(cell=cell, hidden=hidden, lines=lines)
            if factors is not None:
                return factors
            beside = {one for line in lines for one in line.cells if one in hidden}
            wider = numbers | {number for one in beside for number in self.lines_of[one]}
        return {}

    # Step 4: bounds

    def _widen_bounds(self, lines: Sequence[Line]) -> None:
        for cell in sorted(self._small_confined(lines)):
            chosen = self._nearest_free(cell)
            if chosen is not None:
                self.hide(chosen)
                self.close_lines(self.lines_of[chosen])

    def _small_confined(self, lines: Sequence[Line]) -> set[int]:
        cells = {cell for line in lines for cell in line.cells if cell in self.hidden}
        sizes = {cell: self.sizes[cell] for cell in cells}
        found = confined_cells(hidden=cells, lines=lines, sizes=sizes)
        return {cell for cell in found if self.sizes[cell] < self.threshold}

    def _nearest_free(self, start: int) -> int | None:
        """On lines of `start`, on lines of hidden cells beside it, and on: the nearest that is not
        to be spared; if there is none, the nearest that is."""
        best: tuple[bool, int, tuple[int, ...]] | None = None
        seen, ring, distance = {start}, {start}, 0
        while ring and (best is None or best[0]):
            lines = [self.lines[n] for cell in ring for n in self.lines_of[cell]]
            beside = {cell for line in lines for cell in line.cells}
            for cell in filter(self._is_free, beside):
                option = (self.ranks[cell] > SPARED, distance, self._cost(cell))
                best = option if best is None else min(best, option)
            ring = (beside & self.hidden) - seen
            seen |= ring
            distance += 1
        return None if best is None else best[2][-1]

    # Step 5: what need not be hidden

    def _spare_totals(self) -> None:
        """Show again what is above the lowest rank and need not be hidden, the highest first."""
        above = [c for c in self.hidden if self.ranks[c] > LOWEST and not self._must_hide(c)]
        for cell in sorted(above, key=lambda one: (-self.ranks[one], -self.sizes[one], one)):
            if cell in self.hidden:
                self._can_show({cell})

    def _must_hide(self, cell: int) -> bool:
        return self.sizes[cell] < self.threshold or cell in self.pinned

    def _can_show(self, cells: AbstractSet[int]) -> bool:
        """Show them, and the large cells that then follow, if that gives nothing away."""
        shown: list[int] = []
        if self._show_with_what_follows(cells, shown) and not self._gives_away_beside(shown):
            return True
        for cell in shown:
            self.hide(cell)
        return False

    def _show_with_what_follows(self, cells: AbstractSet[int], shown: list[int]) -> bool:
        """Show until nothing follows any more; whether nothing did that must be hidden."""
        waiting = set(cells)
        while waiting:
            for cell in waiting:
                if self._must_hide(cell):
                    return False
                self.show(cell)
                shown.append(cell)
            waiting = self._alone(waiting) or determined_cells(
                hidden=self.hidden, lines=self._around(shown)
            )
        return True

    def _alone(self, shown: Iterable[int]) -> set[int]:
        """Hidden cells that are the only ones left on a line with one of these: quicker to see
        than what several lines give."""
        numbers = {number for cell in shown for number in self.lines_of[cell]}
        return {
            cell
            for number in numbers
            if self.count[number] + (self.lines[number].total in self.hidden) == 1
            for cell in self.lines[number].cells
            if cell in self.hidden
        }

    def _gives_away_beside(self, shown: Iterable[int]) -> bool:
        """A line (step 2) or bounds (step 4) that these were needed for."""
        if any(self._gives_something_away(n) for cell in shown for n in self.lines_of[cell]):
            return True
        return bool(self._small_confined(self._around(shown)))

    def _around(self, cells: Iterable[int]) -> list[Line]:
        """The lines of these, and all that hang together with them by hidden cells."""
        waiting = {number for cell in cells for number in self.lines_of[cell]}
        found: set[int] = set()
        while waiting:
            found |= waiting
            cells = {c for n in waiting for c in self.lines[n].cells if c in self.hidden}
            waiting = {number for cell in cells for number in self.lines_of[cell]} - found
        return [self.lines[number] for number in sorted(found)]
