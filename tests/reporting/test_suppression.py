"""A curious reader with a linear solver finds no hidden cell."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reporting.counting import ALL, Cell
from reporting.deduction import Line, determined_cells
from reporting.grid import (
    NATION,
    GridKey,
    GridTotals,
    Place,
    grid_lines,
    hidden_cells,
    places_of,
)
from reporting.suppression import THRESHOLD, suppressed_cells

# Shrinking a grid takes minutes and makes it hardly smaller.
RIGHT = "right-hand side"
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


def solvable(published: dict, hidden: set, lines: list[Line]) -> dict:
    """What a reader can compute: Gaussian elimination in fractions over every published relation,
    with the published figures on the right. Returns hidden cell -> the value derived."""
    rows = []
    for line in lines:
        row: dict = defaultdict(Fraction)
        for cell, sign in [(line.total, -1), *((member, 1) for member in line.members)]:
            if cell in hidden:
                row[cell] += sign
            else:
                row[RIGHT] -= sign * published.get(cell, 0)
        rows.append(_clean(row))
    _reduce(rows)
    found = {}
    for row in rows:
        used = [cell for cell in row if cell != RIGHT]
        if len(used) == 1:
            found[used[0]] = row.get(RIGHT, Fraction(0)) / row[used[0]]
    return found


def _reduce(rows: list[dict]) -> None:
    """Gauss-Jordan, in place; rows hold only what is not zero."""
    for index, row in enumerate(rows):
        pivot = next((cell for cell in row if cell != RIGHT), None)
        if pivot is None:
            continue
        for other in (*range(index), *range(index + 1, len(rows))):
            if pivot in rows[other]:
                factor = rows[other][pivot] / row[pivot]
                for cell, value in row.items():
                    rows[other][cell] = rows[other].get(cell, Fraction(0)) - factor * value
                rows[other] = _clean(rows[other])


def _clean(row: dict) -> dict:
    return {cell: value for cell, value in row.items() if value}


def grid(sizes: dict[tuple[int, int, int], int], houses: dict[int, tuple[int, str]]):
    """Cells of every level from (house, role family, trainable) -> people, half of them covered."""
    places = {
        h: places_of(establishment=h, region=r, family=f, size=("small", "large")[h > 2])
        for h, (r, f) in houses.items()
    }
    cells: dict[GridKey, Cell] = {}
    for (house, family, trainable), people in sizes.items():
        place = Place("establishment", house)
        for key in (GridKey(place, family, trainable), GridKey(place, None, trainable)):
            before = cells.get(key, Cell())
            cells[key] = Cell(
                expected=before.expected + people, covered=before.covered + people // 2
            )
    # Each training is asked of different people here, so the total over trainings is their sum.
    for key, cell in list(cells.items()):
        total = key._replace(trainable=ALL)
        before = cells.get(total, Cell())
        cells[total] = Cell(
            expected=before.expected + cell.expected, covered=before.covered + cell.covered
        )
    totals = GridTotals(places)
    totals.add(cells)
    return {**cells, **totals.cells()}, places


houses = st.dictionaries(
    st.integers(1, 7),
    st.tuples(st.sampled_from([1, 2, None]), st.sampled_from(["chu", "ehpad"])),
    min_size=1,
)


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(data=st.data(), houses=houses)
def test_no_hidden_cell_can_be_derived(data: st.DataObject, houses: dict) -> None:
    keys = [(h, f, t) for h in houses for f in (1, 2, 3) for t in (101, 102)]
    sizes = {key: data.draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 7, 20])) for key in keys}
    cells, places = grid(sizes, houses)
    hidden = hidden_cells(cells=cells, places=places)
    lines = grid_lines(keys=[key for key, cell in cells.items() if cell.people], places=places)
    for measure in ("people", "covered"):
        published = {k: getattr(c, measure) for k, c in cells.items() if k not in hidden}
        assert solvable(published, hidden, lines) == {}
    assert all(key in hidden for key, cell in cells.items() if 0 < cell.people < THRESHOLD)


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(data=st.data(), houses=houses)
def test_quick_elimination_finds_what_fractions_find(data: st.DataObject, houses: dict) -> None:
    keys = [(h, f, 101) for h in houses for f in (1, 2)]
    sizes = {key: data.draw(st.integers(1, 9)) for key in keys}
    cells, places = grid(sizes, houses)
    lines = grid_lines(keys=cells, places=places)
    hidden = set(data.draw(st.lists(st.sampled_from(sorted(cells, key=repr)))))
    published = {k: c.people for k, c in cells.items() if k not in hidden}
    assert determined_cells(hidden=hidden, lines=lines) == set(solvable(published, hidden, lines))


def test_the_solver_does_find_a_cell_that_is_hidden_alone() -> None:
    lines = [Line("total", ("a", "b"))]
    assert solvable({"total": 30, "b": 27}, {"a"}, lines) == {"a": 3}


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    sizes = {"total": 60, "a": 3, "b": 40, "c": 17}
    lines = [Line("total", ("a", "b", "c"))]
    assert suppressed_cells(sizes=sizes, lines=lines) == {"a", "c"}


def test_two_small_groups_under_five_together_take_a_third_with_them() -> None:
    sizes = {"total": 24, "a": 2, "b": 2, "c": 20}
    lines = [Line("total", ("a", "b", "c"))]
    assert suppressed_cells(sizes=sizes, lines=lines) == {"a", "b", "c"}


def test_nothing_is_hidden_when_every_group_is_large_or_empty() -> None:
    sizes = {"total": 25, "a": 5, "b": 20}
    assert suppressed_cells(sizes=sizes, lines=[Line("total", ("a", "b", "empty"))]) == set()


def test_a_small_hospital_hides_another_of_its_region_and_family() -> None:
    sizes = {(1, 1, 101): 3, (2, 1, 101): 12, (3, 1, 101): 50, (4, 1, 101): 9}
    houses = {1: (1, "ch"), 2: (1, "ch"), 3: (1, "ch"), 4: (2, "ch")}
    cells, places = grid(sizes, houses)
    hidden = hidden_cells(cells=cells, places=places)
    by_house = defaultdict(set)
    for key in hidden:
        by_house[key.place].add((key.role_family, key.trainable))
    everything = {(1, 101), (None, 101), (1, ALL), (None, ALL)}
    assert by_house == {
        Place("establishment", 1): everything,
        Place("establishment", 2): everything,
    }
    assert GridKey(NATION, None, ALL) not in hidden


def test_one_training_alone_is_hidden_together_with_the_total_over_trainings() -> None:
    """Where a single training is asked, the total over trainings would give it."""
    cells, places = grid({(1, 1, 101): 3, (1, 2, 101): 30, (1, 2, 102): 30}, {1: (1, "ch")})
    hidden = hidden_cells(cells=cells, places=places)
    house = Place("establishment", 1)
    assert {GridKey(house, 1, 101), GridKey(house, 1, ALL), GridKey(house, 2, 101)} <= hidden
