"""The monthly grid as plain Python: cells of establishments, totals above them, what is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reporting.counting import ALL, Cell, CoverageTable
from reporting.counting.matrix import TOTAL
from reporting.counting.tally import People
from reporting.enums import PlaceKind
from reporting.suppression import Line, suppressed_cells


class Place(NamedTuple):
    """A row: an establishment or region by number (a region of None: those in no region), a family
    or a size of establishments by code, the nation."""

    kind: str
    key: int | str | None = None


class GridKey(NamedTuple):
    """A cell; role family None and trainable ALL are the totals."""

    place: Place
    role_family: int | None
    trainable: int


NATION = Place(PlaceKind.NATION)


def places_of(
    *, establishment: int, region: int | None, family: str, size: str
) -> tuple[Place, ...]:
    """The establishment's own row, then those it is a part of."""
    return (
        Place(PlaceKind.ESTABLISHMENT, establishment),
        Place(PlaceKind.REGION, region),
        Place(PlaceKind.FAMILY, family),
        Place(PlaceKind.SIZE, size),
        NATION,
    )


def establishment_cells(*, establishment: int, table: CoverageTable) -> dict[GridKey, Cell]:
    """The family rows and the total row of an establishment's table, as grid cells."""
    place = Place(PlaceKind.ESTABLISHMENT, establishment)
    found: dict[GridKey, Cell] = {}
    for (row, trainable), cell in table.cells.items():
        assert isinstance(row, tuple)
        if row == TOTAL:
            found[GridKey(place, None, trainable)] = cell
        elif row[0] == "family":
            found[GridKey(place, row[1], trainable)] = cell
    return found


class GridTotals:
    """Adds cells of establishments up into their region, family, size and nation.

    Figures add up except for the few people who work in several establishments: `correct` takes
    what they were counted in each establishment off the totals and puts them back once.
    """

    def __init__(self, places: Mapping[int, tuple[Place, ...]]) -> None:
        self._places = places
        self._sums: dict[GridKey, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
        self._declared: set[GridKey] = set()

    def add(self, cells: Mapping[GridKey, Cell]) -> None:
        for key, cell in cells.items():
            assert isinstance(key.place.key, int)
            for place in self._places[key.place.key][1:]:
                above = key._replace(place=place)
                figures = (cell.expected, cell.covered, cell.overdue, cell.declared or 0)
                self._add(above, (*figures, cell.unknown), 1)
                if cell.declared is not None:
                    self._declared.add(above)

    def correct(self, people: Mapping[GridKey, People]) -> None:
        """`people` are the sets of those who work in several establishments, at every level."""
        for key, sets in people.items():
            counts = (len(sets.expected), len(sets.covered), len(sets.overdue), 0, 0)
            if key.place.kind != PlaceKind.ESTABLISHMENT:
                self._add(key, counts, 1)
                continue
            assert isinstance(key.place.key, int)
            for place in self._places[key.place.key][1:]:
                self._add(key._replace(place=place), counts, -1)

    def cells(self) -> dict[GridKey, Cell]:
        return {
            key: Cell(
                expected=expected,
                covered=covered,
                overdue=overdue,
                declared=declared if key in self._declared else None,
                unknown=unknown,
            )
            for key, (expected, covered, overdue, declared, unknown) in self._sums.items()
        }

    def _add(self, key: GridKey, figures: Iterable[int], sign: int) -> None:
        total = self._sums[key]
        for index, figure in enumerate(figures):
            total[index] += sign * figure


def hidden_cells(
    *, cells: Mapping[GridKey, Cell], places: Mapping[int, tuple[Place, ...]]
) -> set[GridKey]:
    """Which cells of the whole grid are hidden (see `reporting.suppression`)."""
    sizes = {key: cell.people for key, cell in cells.items() if cell.people}
    hidden = suppressed_cells(sizes=sizes, lines=grid_lines(keys=sizes, places=places))
    return {key for key in cells if key in hidden}


def grid_lines(*, keys: Iterable[GridKey], places: Mapping[int, tuple[Place, ...]]) -> list[Line]:
    """Every relation a reader may use: role families add up to a place, establishments to their
    region, their family and their size, and these to the nation; and where a single training is
    asked, the total over trainings is that training."""
    members: dict[GridKey, list[GridKey]] = defaultdict(list)
    nation_by: dict[str, dict[GridKey, list[GridKey]]] = {
        kind: defaultdict(list) for kind in (PlaceKind.REGION, PlaceKind.FAMILY, PlaceKind.SIZE)
    }
    over_trainables: dict[GridKey, list[GridKey]] = defaultdict(list)
    over_role_families: dict[GridKey, list[GridKey]] = defaultdict(list)
    for key in sorted(keys, key=repr):
        if key.role_family is not None:
            over_role_families[key._replace(role_family=None)].append(key)
        if key.trainable != ALL:
            over_trainables[key._replace(trainable=ALL)].append(key)
        if key.place.kind == PlaceKind.ESTABLISHMENT:
            assert isinstance(key.place.key, int)
            _own, *above, _nation = places[key.place.key]
            for place in above:
                members[key._replace(place=place)].append(key)
        elif key.place.kind in nation_by:
            nation_by[key.place.kind][key._replace(place=NATION)].append(key)
    single = {total: only for total, only in over_trainables.items() if len(only) == 1}
    return [
        Line(total, tuple(cells))
        for group in (over_role_families, members, *nation_by.values(), single)
        for total, cells in group.items()
    ]
