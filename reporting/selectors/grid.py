"""Reading the frozen monthly grid. A hidden cell leaves here without figures, whatever the page or
the file: nothing above this module can show what it never had."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from django.db.models import Count, Q, QuerySet

from organisation.models import Establishment, Region, RoleFamily
from organisation.selectors import establishments_known
from reporting.counting import ALL, Cell
from reporting.counting.dates import month_end
from reporting.enums import PlaceKind
from reporting.grid import NATION, Place
from reporting.kinds import in_order
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry
from training.models import Trainable

# (role family or None, trainable or ALL)
Column: TypeAlias = tuple[int | None, int]
# The fields of a stored cell, in the order of `Cell`, and whether it is hidden.
FIGURES = ("expected", "covered", "overdue", "declared", "unknown", "is_suppressed")


@dataclass(frozen=True, slots=True)
class GridCell:
    """`cell` is None where the group is hidden."""

    cell: Cell | None

    @property
    def is_hidden(self) -> bool:
        return self.cell is None


NOT_REQUIRED = GridCell(Cell())


@dataclass
class GridRow:
    """A place with its cells."""

    cells: dict[Column, GridCell] = field(default_factory=dict)

    def cell(self, role_family: int | None = None, trainable: int = ALL) -> GridCell:
        return self.cells.get((role_family, trainable), NOT_REQUIRED)

    def of_family(self, role_family: RoleFamily) -> GridRow:
        """Its cells of a role family, as a row of its own."""
        return GridRow(
            {(None, t): cell for (of, t), cell in self.cells.items() if of == role_family.pk}
        )


@dataclass(frozen=True, slots=True)
class Focus:
    """The cell of a place that the filters choose: of one role family or all, one training or all.

    What a page shows of a place lies on the two lines through it, and every cell of them is one of
    the grid: filters choose among cells, they never add any up.
    """

    role_family: RoleFamily | None = None
    trainable: Trainable | None = None

    @property
    def column(self) -> Column:
        return self._role_family, self._trainable or ALL

    @property
    def lines(self) -> Q:
        """Its role family by trainings, and its training by role families."""
        return Q(role_family=self._role_family) | Q(trainable=self._trainable)

    @property
    def point(self) -> Q:
        return Q(role_family=self._role_family, trainable=self._trainable)

    @property
    def _role_family(self) -> int | None:
        return self.role_family.pk if self.role_family else None

    @property
    def _trainable(self) -> int | None:
        return self.trainable.pk if self.trainable else None


EVERYTHING = Focus()


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A calendar month of a trend. `cell` is None where no month was frozen; `is_silent`: nothing
    was known of the establishment."""

    ends_on: dt.date
    cell: GridCell | None
    is_silent: bool = False


@dataclass(frozen=True)
class Reach:
    """How many establishments are known at all, of how many."""

    known: int
    total: int

    @property
    def silent(self) -> int:
        return self.total - self.known


def months() -> list[CoverageMonth]:
    """The frozen months, latest first."""
    return list(CoverageMonth.objects.order_by("-ends_on"))


def trainables_among(pks: Iterable[int]) -> list[Trainable]:
    """These, meetings last."""
    return in_order(Trainable.objects.filter(pk__in=list(pks)))


def role_families_among(pks: Iterable[int | None]) -> list[RoleFamily]:
    known = [pk for pk in pks if pk is not None]
    return list(RoleFamily.objects.filter(pk__in=known).order_by("position", "name"))


def trainables_of_month(*, month: CoverageMonth) -> list[Trainable]:
    """Those required of anybody in the month, meetings last."""
    return in_order(
        Trainable.objects.filter(
            pk__in=CoverageSnapshot.objects.filter(
                month=month, kind=PlaceKind.NATION, trainable__isnull=False
            ).values("trainable")
        )
    )


def role_families_of_month(*, month: CoverageMonth) -> list[RoleFamily]:
    return list(
        RoleFamily.objects.filter(
            pk__in=CoverageSnapshot.objects.filter(
                month=month, kind=PlaceKind.NATION, role_family__isnull=False
            ).values("role_family")
        ).order_by("position", "name")
    )


def establishment_rows(
    *,
    month: CoverageMonth,
    establishments: Iterable[int],
    focus: Focus = EVERYTHING,
    details: bool = False,
) -> dict[int, GridRow]:
    """Rows of these establishments: the lines through `focus`, or all cells with `details`. One
    query."""
    found = _cells(month, PlaceKind.ESTABLISHMENT).filter(establishment__in=list(establishments))
    return _rows(found if details else found.filter(focus.lines), "establishment_id")


def region_rows(*, month: CoverageMonth, focus: Focus = EVERYTHING) -> dict[int | None, GridRow]:
    return _rows(_cells(month, PlaceKind.REGION).filter(focus.lines), "region_id")


def region_row(*, month: CoverageMonth, region: Region, focus: Focus = EVERYTHING) -> GridRow:
    found = _cells(month, PlaceKind.REGION).filter(focus.lines, region=region)
    return _rows(found, "region_id").get(region.pk, GridRow())


def family_rows(*, month: CoverageMonth, focus: Focus = EVERYTHING) -> dict[str, GridRow]:
    return _rows(_cells(month, PlaceKind.FAMILY).filter(focus.lines), "family")


def size_rows(*, month: CoverageMonth, focus: Focus = EVERYTHING) -> dict[str, GridRow]:
    return _rows(_cells(month, PlaceKind.SIZE).filter(focus.lines), "size")


def nation_row(*, month: CoverageMonth, focus: Focus = EVERYTHING) -> GridRow:
    found = _rows(_cells(month, PlaceKind.NATION).filter(focus.lines), "kind")
    return found.get(PlaceKind.NATION.value, GridRow())


def reach(*, month: CoverageMonth, region: Region | None = None, family: str = "") -> Reach:
    """«312 établissements renseignés sur 3 036». One query. Never of a size: that of a silent
    establishment is not known, so it would leave the total."""
    counts = _roll(month, region, family).aggregate(
        total=Count("pk"), known=Count("pk", filter=Q(is_silent=False))
    )
    return Reach(known=counts["known"], total=counts["total"])


def known_establishments(
    *, month: CoverageMonth, region: Region | None = None, family: str = "", size: str = ""
) -> QuerySet[RollEntry]:
    entries = _roll(month, region, family).filter(is_silent=False)
    if size:
        entries = entries.filter(size=size)
    return entries.select_related("establishment").order_by("establishment__name", "pk")


def silent_establishments(
    *, month: CoverageMonth, region: Region | None = None, family: str = ""
) -> QuerySet[RollEntry]:
    entries = _roll(month, region, family).filter(is_silent=True)
    return entries.select_related("establishment", "region").order_by("establishment__name", "pk")


def heard_since(*, entries: Iterable[RollEntry], day: dt.date) -> frozenset[int]:
    """Those of these silent establishments, by primary key, of which something is known by now: who
    chases the others need not chase these. One query."""
    places = [entry.establishment_id for entry in entries]
    known = establishments_known(establishments=places, day=day)
    return frozenset(known.values_list("pk", flat=True))


def trend_of_establishment(
    *, establishment: Establishment, unmasked: bool, focus: Focus = EVERYTHING
) -> list[TrendPoint]:
    """The establishment by month, oldest first. `unmasked` only for its own managers. Three
    queries."""
    place = Place(PlaceKind.ESTABLISHMENT, establishment.pk)
    silent = set(
        RollEntry.objects.filter(establishment=establishment, is_silent=True).values_list(
            "month__ends_on", flat=True
        )
    )
    return [
        replace(point, is_silent=point.ends_on in silent)
        for point in _trend(place, focus, unmasked=unmasked)
    ]


def trend_of_region(*, region: Region, focus: Focus = EVERYTHING) -> list[TrendPoint]:
    return _trend(Place(PlaceKind.REGION, region.pk), focus)


def trend_of_nation(
    *, focus: Focus = EVERYTHING, family: str = "", size: str = ""
) -> list[TrendPoint]:
    """The nation, or a family or a size of its establishments: one of them, for no cell of the
    grid is of both."""
    assert not (family and size)
    if family:
        return _trend(Place(PlaceKind.FAMILY, family), focus)
    return _trend(Place(PlaceKind.SIZE, size) if size else NATION, focus)


def _trend(place: Place, focus: Focus, *, unmasked: bool = False) -> list[TrendPoint]:
    """Every calendar month since the first that was frozen. Two queries."""
    frozen = dict(CoverageMonth.objects.order_by("ends_on").values_list("ends_on", "pk"))
    snapshots = CoverageSnapshot.objects.filter(
        _is(place), focus.point, month__in=list(frozen.values())
    ).order_by()
    cells = {
        month: shown_cell(figures, unmasked=unmasked)
        for month, *figures in snapshots.values_list("month_id", *FIGURES)
    }
    return [
        TrendPoint(day, cells.get(frozen[day], NOT_REQUIRED) if day in frozen else None)
        for day in _month_ends(list(frozen))
    ]


def _month_ends(days: list[dt.date]) -> Iterator[dt.date]:
    """All month ends from the first of these to the last."""
    if not days:
        return
    day, last = days[0], days[-1]
    while day <= last:
        yield day
        day = month_end(day + dt.timedelta(days=1))


def _is(place: Place) -> Q:
    field_of = {
        PlaceKind.ESTABLISHMENT.value: "establishment_id",
        PlaceKind.REGION.value: "region_id",
        PlaceKind.FAMILY.value: "family",
        PlaceKind.SIZE.value: "size",
    }
    where = Q(kind=place.kind)
    return where & Q(**{field_of[place.kind]: place.key}) if place.key is not None else where


def shown_cell(figures: Sequence[Any], *, unmasked: bool = False) -> GridCell:
    """`figures` are the values of FIGURES."""
    *counted, is_suppressed = figures
    return GridCell(None if is_suppressed and not unmasked else Cell(*counted))


def series_of_nation() -> dict[dt.date, GridRow]:
    """Role families by trainings of the nation in every frozen month, oldest first. One query."""
    series: dict[dt.date, GridRow] = defaultdict(GridRow)
    cells = CoverageSnapshot.objects.filter(kind=PlaceKind.NATION).order_by("month__ends_on")
    keys = ("month__ends_on", "role_family_id", "trainable_id")
    for ends_on, role_family, trainable, *figures in cells.values_list(*keys, *FIGURES):
        series[ends_on].cells[role_family, trainable or ALL] = shown_cell(figures)
    return dict(series)


def _cells(month: CoverageMonth, kind: PlaceKind) -> QuerySet[CoverageSnapshot]:
    return CoverageSnapshot.objects.filter(month=month, kind=kind).order_by()


def _rows(found: QuerySet[CoverageSnapshot], place: str) -> dict[Any, GridRow]:
    """By the value of the field `place`. As plain values: a page has hundreds of them."""
    rows: dict[Any, GridRow] = defaultdict(GridRow)
    values = found.values_list(place, "role_family_id", "trainable_id", *FIGURES)
    for key, role_family, trainable, *figures in values:
        rows[key].cells[role_family, trainable or ALL] = shown_cell(figures)
    return dict(rows)


def _roll(month: CoverageMonth, region: Region | None, family: str) -> QuerySet[RollEntry]:
    entries = RollEntry.objects.filter(month=month)
    if region is not None:
        entries = entries.filter(region=region)
    return entries.filter(family=family) if family else entries


def cells_by_month(
    *,
    kind: PlaceKind,
    place: int | None = None,
    columns: Iterable[Column],
    since: dt.date | None = None,
    until: dt.date | None = None,
    unmasked: bool = False,
) -> dict[Column, list[tuple[CoverageMonth, GridCell]]]:
    """These cells of one place month by month, oldest first; a month in which a cell did not exist
    is not there. `unmasked` only for the establishment's own managers. One query."""
    wanted = Q(pk__in=())
    for role_family, trainable in columns:
        wanted |= Q(role_family=role_family, trainable=None if trainable == ALL else trainable)
    snapshots = CoverageSnapshot.objects.filter(_is(Place(kind, place)), wanted)
    if since is not None:
        snapshots = snapshots.filter(month__ends_on__gte=since)
    if until is not None:
        snapshots = snapshots.filter(month__ends_on__lte=until)
    found: dict[Column, list[tuple[CoverageMonth, GridCell]]] = {}
    for one in snapshots.select_related("month").order_by("month__ends_on"):
        is_hidden = one.is_suppressed and not unmasked
        cell = GridCell(None if is_hidden else one.cell)
        column = (one.role_family_id, one.trainable_id or ALL)
        found.setdefault(column, []).append((one.month, cell))
    return found
