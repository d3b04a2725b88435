"""A curious reader with a solver, and month after month of the grid, finds no group of one to four.

Over months she is taken to know more than anybody will, which groups did not change, and reads line
after line; in one month she combines all lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from reporting.counting import ALL, Cell
from reporting.grid import (
    FrozenGrid,
    GridKey,
    GridTotals,
    Place,
    hidden_cells,
    places_of,
)

from .solver import Equation, Unknown, adds_up, confined, determined, line_by_line

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
SMALL = range(1, 5)

# (house, role family) -> people, and the trainings that are asked of the role family
People = Mapping[tuple[int, int], int]
HOUSES = {
    1: (1, "chu", "large"),
    2: (1, "ch", "small"),
    3: (1, "ch", "small"),
    4: (2, "ch", "small"),
    5: (2, "ch", "large"),
    6: (2, "chu", "large"),
}
FAMILIES = (1, 2, 3)
ASKED = {101: (1, 2, 3), 102: (1, 2, 3), 103: (2,)}


@dataclass(frozen=True)
class Month:
    cells: dict[GridKey, Cell]
    hidden: set[GridKey]
    places: dict[int, tuple[Place, ...]]

    @property
    def frozen(self) -> FrozenGrid:
        sizes = {key: cell.people for key, cell in self.cells.items() if cell.people}
        return FrozenGrid(sizes=sizes, hidden=self.hidden, places=self.places)


def month(people: People, before: Month | None = None) -> Month:
    """The grid of a month: every training asked of all people of its role families."""
    places = {
        house: places_of(establishment=house, region=region, family=family, size=size)
        for house, (region, family, size) in HOUSES.items()
        if any(people.get((house, family)) for family in FAMILIES)
    }
    cells: dict[GridKey, Cell] = defaultdict(Cell)
    for (house, family), count in people.items():
        for training in (*(t for t, families in ASKED.items() if family in families), ALL):
            for row in (family, None):
                key = GridKey(Place("establishment", house), row, training)
                cells[key] = Cell(expected=cells[key].expected + count)
    own = {key: cell for key, cell in cells.items() if cell.people}
    totals = GridTotals(places)
    totals.add(own)
    everything = {**own, **totals.cells()}
    beside = [before.frozen] if before else []
    return Month(everything, hidden_cells(cells=everything, places=places, beside=beside), places)


def found_by_the_reader(months: list[Month]) -> dict[Unknown, int]:
    """Every group of one to four that she works out, with its size."""
    names = _names(months)
    known: dict[Unknown, int] = {}
    for index, one in enumerate(months):
        for key, cell in one.cells.items():
            if key not in one.hidden and cell.people:
                known[names[index, key]] = cell.people
    equations = [
        equation
        for index, one in enumerate(months)
        for equation in _equations(one, index, names, known)
    ]
    if len(months) == 1:
        # What is hidden is somebody: nothing is shown as 0.
        found = determined(equations) | confined(equations, least=1)
    else:
        found = line_by_line(equations)
    return {name: people for name, people in found.items() if people in SMALL}


def _names(months: list[Month]) -> dict[tuple[int, GridKey], Unknown]:
    """One name for a cell in both months if it did not change."""
    names: dict[tuple[int, GridKey], Unknown] = {}
    for index, one in enumerate(months):
        for key, cell in one.cells.items():
            if cell.people:
                is_same = index and _people(months[index - 1], key) == cell.people
                own = (key.place, key.role_family, cell.people, index, key.trainable)
                names[index, key] = names[index - 1, key] if is_same else own
    return names


def _people(one: Month, key: GridKey) -> int:
    return one.cells[key].people if key in one.cells else 0


def _equations(
    one: Month,
    index: int,
    names: Mapping[tuple[int, GridKey], Unknown],
    known: Mapping[Unknown, int],
) -> list[Equation]:
    sums: dict[tuple[str, GridKey], list[GridKey]] = defaultdict(list)
    for key, cell in one.cells.items():
        if not cell.people:
            continue
        if key.role_family is not None:
            sums["families", key._replace(role_family=None)].append(key)
        if key.place.kind == "establishment":
            for place in one.places[key.place.key][1:]:
                sums[f"houses of a {place.kind}", key._replace(place=place)].append(key)
        elif key.place.kind != "nation":
            sums[f"nation by {key.place.kind}", key._replace(place=Place("nation"))].append(key)
    found = [
        adds_up(names[index, total], [names[index, key] for key in members], known)
        for (_kind, total), members in sums.items()
    ]
    return [equation for equation in found if equation is not None]


CELLS = [(house, family) for house in HOUSES for family in FAMILIES]
sizes = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 8, 17, 40])
worlds = st.dictionaries(
    st.tuples(st.sampled_from(sorted(HOUSES)), st.sampled_from(FAMILIES)), sizes, min_size=1
)


@settings(max_examples=100, deadline=None, phases=QUICK)
@given(worlds)
def test_one_month_gives_no_small_group(people: People) -> None:
    assert found_by_the_reader([month(people)]) == {}


LARGE = {(h, f): 20 * f + 3 * h for h in HOUSES for f in FAMILIES}
changes = st.dictionaries(st.sampled_from(CELLS), sizes, max_size=8)


@settings(max_examples=120, deadline=None, phases=QUICK)
@given(worlds | changes.map(lambda some: LARGE | some), changes)
def test_no_month_gives_a_small_group_of_the_one_before(first: People, then: People) -> None:
    """Groups of any size come, go, grow, shrink; all others stay as they are, and she knows it."""
    before = month(first)
    assert found_by_the_reader([before, month({**first, **then}, before)]) == {}


def test_three_who_come_where_nobody_else_does_are_not_the_difference_of_two_totals() -> None:
    """House 3 is new. Of its region and its size, everybody else is who she was a month ago."""
    first = {(1, 1): 17, (2, 1): 20, (4, 1): 30, (5, 1): 30, (6, 1): 30}
    before = month(first)
    assert before.hidden == set()
    after = month({**first, (3, 1): 3}, before)
    assert GridKey(Place("region", 1), 1, 101) in after.hidden
    assert found_by_the_reader([before, after]) == {}


NEXT = {(h, f): people + (h != 2) for (h, f), people in LARGE.items()}  # but for house 2
HOUSE = Place("establishment", 2)  # 3 is of its region, family and size


def test_a_cell_that_was_shown_does_not_stand_in_for_a_small_one() -> None:
    """Two of six leave. Whichever of the other groups is hidden with the four, the reader has it
    from the month before, so the total of the house goes too: it is what she cannot know."""
    before = month({**LARGE, (2, 1): 6})
    assert before.hidden == set()
    alone = month({**NEXT, (2, 1): 4})
    assert (HOUSE, 1, 4, 1, 101) in found_by_the_reader([before, alone])
    after = month({**NEXT, (2, 1): 4}, before)
    assert GridKey(HOUSE, None, 101) in after.hidden - alone.hidden
    assert found_by_the_reader([before, after]) == {}


def test_a_cell_that_was_hidden_beside_a_small_one_stays_so_while_it_is_the_same() -> None:
    before = month({**LARGE, (2, 1): 3})
    grown = {**NEXT, (2, 1): 9}
    alone = month(grown)
    assert alone.hidden == set()
    assert (HOUSE, 1, 3, 0, 101) in found_by_the_reader([before, alone])
    after = month(grown, before)
    beside = {k for k in before.hidden if k.place == HOUSE and k.role_family in (2, 3)}
    assert beside
    assert beside <= after.hidden
    assert found_by_the_reader([before, after]) == {}
    everywhere_else = {cell: people + 1 for cell, people in NEXT.items()}
    assert month({**everywhere_else, (2, 1): 10}, after).hidden == set()


def test_three_who_come_or_leave_are_not_the_difference_of_two_totals() -> None:
    for first, second in ((0, 3), (3, 0)):
        before = month({**LARGE, (2, 1): first})
        after = {**NEXT, (2, 1): second}
        assert found_by_the_reader([before, month(after)])
        assert found_by_the_reader([before, month(after, before)]) == {}


def test_groups_of_one_are_not_told_by_their_sum() -> None:
    """Five houses with one each of role family 1, which five stands for in «ch» and «large»."""
    lone = {(house, 1): 1 for house in HOUSES}
    for people in ({**LARGE, **lone}, lone):
        assert found_by_the_reader([month(people)]) == {}


def test_months_in_which_nothing_changes_hide_nothing_more() -> None:
    people = {**LARGE, (2, 1): 3}
    before = month(people)
    assert month(people, before).hidden == before.hidden


def test_the_reader_does_find_what_is_hidden_alone() -> None:
    one = month({(2, 1): 3, (2, 2): 17, (2, 3): 40})
    bare = Month(one.cells, {key for key in one.hidden if key.role_family == 1}, one.places)
    assert (HOUSE, 1, 3, 0, 101) in found_by_the_reader([bare])
