"""The monthly grid as plain Python: cells of establishments, totals above them, what is hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from reporting.counting import ALL, Cell, CoverageTable
from reporting.counting.matrix import TOTAL
from reporting.counting.tally import People
from reporting.deduction import Line
from reporting.enums import PlaceKind
from reporting.suppression import Settled, suppressed_cells


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


class Group(NamedTuple):
    """So many people of a cell. One that has as many in the month beside it is taken to be of the
    same people still, and is hidden there as here. `month` is 0 but for what another month has and
    this one has not."""

    cell: GridKey
    people: int
    month: int = 0


Groups: TypeAlias = Mapping[GridKey, Group]


@dataclass(frozen=True)
class FrozenGrid:
    """What a month that is frozen shows: the people of every cell, which cells are hidden, and the
    places of the establishments that were on its roll."""

    sizes: Mapping[GridKey, int]
    hidden: AbstractSet[GridKey]
    places: Mapping[int, tuple[Place, ...]]


def hidden_cells(
    *,
    cells: Mapping[GridKey, Cell],
    places: Mapping[int, tuple[Place, ...]],
    beside: Iterable[FrozenGrid] = (),
) -> set[GridKey]:
    """Which cells of the whole grid are hidden (see `reporting.suppression`), where the months
    `beside` it are frozen already."""
    # In an order of its own, so that the same figures give the same pattern.
    sizes = {key: cells[key].people for key in sorted(cells, key=_order) if cells[key].people}
    groups = {key: Group(key, people) for key, people in sizes.items()}
    hidden = suppressed_cells(
        sizes={group: group.people for group in groups.values()},
        lines=group_lines(groups=groups, places=places),
        rank=_rank,
        settled=_settled(groups, beside),
    )
    return {key for key, group in groups.items() if group in hidden}


def _order(key: GridKey) -> tuple[str, str, int, int]:
    return key.place.kind, str(key.place.key), key.role_family or 0, key.trainable


LEVELS = {PlaceKind.ESTABLISHMENT: 0, PlaceKind.NATION: 4}  # others are between them


def _rank(group: Group) -> int:
    """The higher a total, the more readers miss it: it is hidden after all that is below."""
    place, role_family, _trainable = group.cell
    return LEVELS.get(PlaceKind(place.kind), 2) + (role_family is None)


def _settled(own: Groups, beside: Iterable[FrozenGrid]) -> Settled:
    sizes: dict[Group, int] = {}
    lines: list[Line] = []
    shown: set[Group] = set()
    for number, month in enumerate(beside, start=1):
        groups = _groups_beside(own, month, number)
        sizes |= {group: group.people for group in groups.values()}
        shown |= {group for key, group in groups.items() if key not in month.hidden}
        lines += group_lines(groups=groups, places=month.places)
    above = {group for group in own.values() if group.cell.place.kind != PlaceKind.ESTABLISHMENT}
    return Settled(sizes=sizes, lines=lines, shown=shown, spared=above)


def _groups_beside(own: Groups, month: FrozenGrid, number: int) -> Groups:
    """The groups of another month; those that did not change are those of this one."""
    groups = {key: Group(key, people) for key, people in month.sizes.items()}
    unchanged = {group for key, group in groups.items() if own.get(key) == group}
    return {
        key: group if group in unchanged else group._replace(month=number)
        for key, group in groups.items()
    }


def group_lines(*, groups: Groups, places: Mapping[int, tuple[Place, ...]]) -> list[Line]:
    """The lines of the grid between groups."""
    return [
        # A total that is nowhere is no group.
        Line(groups.get(line.total, line.total), tuple(groups[key] for key in line.members))
        for line in grid_lines(keys=groups, places=places)
    ]


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
    for key in keys:
        place, role_family, trainable = key
        if role_family is not None:
            over_role_families[GridKey(place, None, trainable)].append(key)
        if trainable != ALL:
            over_trainables[GridKey(place, role_family, ALL)].append(key)
        if place.kind == PlaceKind.ESTABLISHMENT:
            assert isinstance(place.key, int)
            _own, *above, _nation = places[place.key]
            for total in above:
                members[GridKey(total, role_family, trainable)].append(key)
        elif place.kind in nation_by:
            nation_by[place.kind][GridKey(NATION, role_family, trainable)].append(key)
    single = {total: only for total, only in over_trainables.items() if len(only) == 1}
    return [
        Line(total, tuple(cells))
        for group in (over_role_families, members, *nation_by.values(), single)
        for total, cells in group.items()
    ]
