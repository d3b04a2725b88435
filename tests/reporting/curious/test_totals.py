"""Totals above the establishments are hidden only where showing them would give somebody away."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.counting import ALL, Cell
from reporting.deduction import Line
from reporting.grid import GridKey, GridTotals, Place, grid_lines, hidden_cells, places_of

from .solver import Equation, adds_up, confined, determined
from .test_months import FAMILIES, QUICK, SMALL, Month, People, month, worlds


def above(one: Month) -> set[GridKey]:
    """The hidden totals above the establishments, of groups that are not small themselves."""
    return {
        key
        for key in one.hidden
        if key.place.kind != "establishment" and one.cells[key].people not in SMALL
    }


def gives_somebody_away(one: Month, shown: GridKey) -> bool:
    """Whether a reader who is shown this cell too finds a small group, several that are small
    together, or several of one person each."""
    sizes = {key: cell.people for key, cell in one.cells.items() if cell.people}
    lines = grid_lines(keys=sizes, places=one.places)
    known = {key: people for key, people in sizes.items() if key not in one.hidden or key == shown}
    worked_out = determined(_equations(lines, known))
    known |= {key: sizes[key] for key in worked_out}
    told = worked_out | confined(_equations(lines, known), least=1)
    if any(people in SMALL for people in told.values()):
        return True
    for line in lines:
        left = [sizes[member] for member in line.members if member not in known]
        if left and line.total in known and (sum(left) in SMALL or sum(left) == len(left)):
            return True
    return False


def _equations(lines: list[Line], known: Mapping[GridKey, int]) -> list[Equation]:
    found = [adds_up(line.total, line.members, known) for line in lines]
    return [equation for equation in found if equation is not None]


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(worlds)
def test_each_total_that_is_hidden_would_give_somebody_away(people: People) -> None:
    one = month(people)
    assert [key for key in above(one) if not gives_somebody_away(one, key)] == []


# Of every region, family and size three houses of some sixty people.
PLACES = {
    number: places_of(
        establishment=number,
        region=number % 2,
        family=("ch", "chu")[number // 2 % 2],
        size=("small", "large")[number // 4 % 2],
    )
    for number in range(24)
}


def nation(odd: Mapping[int, int]) -> Month:
    """A month in which house 1 has these people by role family."""
    cells: dict[GridKey, Cell] = {}
    for house in PLACES:
        by_family = odd if house == 1 else {family: 9 + house + 2 * family for family in FAMILIES}
        rows = {**by_family, None: sum(by_family.values())}
        cells |= {
            GridKey(Place("establishment", house), row, training): Cell(expected=people)
            for row, people in rows.items()
            for training in (101, ALL)
            if people
        }
    totals = GridTotals(PLACES)
    totals.add(cells)
    everything = {**cells, **totals.cells()}
    return Month(everything, hidden_cells(cells=everything, places=PLACES), PLACES)


@settings(max_examples=60, deadline=None, phases=QUICK)
@given(st.fixed_dictionaries({family: st.integers(0, 9) for family in FAMILIES}))
def test_whatever_one_house_is_like_no_total_above_is_hidden_for_it(odd: dict[int, int]) -> None:
    one = nation(odd)
    assert above(one) == set()
    small = {key for key, cell in one.cells.items() if cell.people in SMALL}
    assert small <= one.hidden


def test_the_only_house_of_a_family_takes_its_family_with_it() -> None:
    """Its figure and the family's are one number, so another house is hidden in its place."""
    people = {(house, family): 30 + house for house in (1, 2, 3, 4, 5) for family in FAMILIES}
    one = month({**people, (3, 1): 3, (1, 1): 6})
    assert GridKey(Place("family", "chu"), 1, 101) not in one.hidden
    assert GridKey(Place("establishment", 2), 1, 101) in one.hidden
