"""Reading the frozen monthly grid. A hidden cell leaves here without figures, whatever the page or
the file: nothing above this module can show what it never had."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet

from organisation.models import Establishment, Region, RoleFamily
from organisation.selectors import establishments_known
from reporting.counting import ALL, Cell
from reporting.enums import PlaceKind
from reporting.kinds import in_order
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry
from training.models import Trainable

# (role family or None, trainable or ALL)
Column: TypeAlias = tuple[int | None, int]


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
    *, month: CoverageMonth, establishments: Iterable[int], details: bool = False
) -> dict[int, GridRow]:
    """Rows of these establishments. Only one dimension at a time (modules, or role families)
    unless `details`. One query."""
    found = _cells(month, PlaceKind.ESTABLISHMENT).filter(establishment__in=list(establishments))
    rows: dict[int, GridRow] = {}
    for snapshot in found if details else found.filter(_margins()):
        assert snapshot.establishment_id is not None
        _put(rows.setdefault(snapshot.establishment_id, GridRow()), snapshot)
    return rows


def region_rows(*, month: CoverageMonth) -> dict[int | None, GridRow]:
    rows: dict[int | None, GridRow] = {}
    for snapshot in _cells(month, PlaceKind.REGION).filter(_margins()):
        _put(rows.setdefault(snapshot.region_id, GridRow()), snapshot)
    return rows


def region_row(*, month: CoverageMonth, region: Region) -> GridRow:
    row = GridRow()
    for snapshot in _cells(month, PlaceKind.REGION).filter(_margins(), region=region):
        _put(row, snapshot)
    return row


def family_rows(*, month: CoverageMonth) -> dict[str, GridRow]:
    rows: dict[str, GridRow] = {}
    for snapshot in _cells(month, PlaceKind.FAMILY).filter(_margins()):
        _put(rows.setdefault(snapshot.family, GridRow()), snapshot)
    return rows


def nation_row(*, month: CoverageMonth) -> GridRow:
    row = GridRow()
    for snapshot in _cells(month, PlaceKind.NATION).filter(_margins()):
        _put(row, snapshot)
    return row


def reach(*, month: CoverageMonth, region: Region | None = None, family: str = "") -> Reach:
    """«312 établissements renseignés sur 3 036». One query."""
    counts = _roll(month, region, family).aggregate(
        total=Count("pk"), known=Count("pk", filter=Q(is_silent=False))
    )
    return Reach(known=counts["known"], total=counts["total"])


def known_establishments(
    *, month: CoverageMonth, region: Region | None = None, family: str = ""
) -> QuerySet[RollEntry]:
    entries = _roll(month, region, family).filter(is_silent=False)
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
    *, establishment: Establishment, unmasked: bool
) -> list[tuple[CoverageMonth, GridCell]]:
    """The establishment's total by month, oldest first. `unmasked` only for its own managers."""
    return _trend(Q(kind=PlaceKind.ESTABLISHMENT, establishment=establishment), unmasked=unmasked)


def trend_of_region(*, region: Region) -> list[tuple[CoverageMonth, GridCell]]:
    return _trend(Q(kind=PlaceKind.REGION, region=region))


def trend_of_nation() -> list[tuple[CoverageMonth, GridCell]]:
    return _trend(Q(kind=PlaceKind.NATION))


def _trend(where: Q, *, unmasked: bool = False) -> list[tuple[CoverageMonth, GridCell]]:
    snapshots = (
        CoverageSnapshot.objects.filter(where, role_family=None, trainable=None)
        .select_related("month")
        .order_by("month__ends_on")
    )
    return [
        (s.month, GridCell(None if s.is_suppressed and not unmasked else s.cell)) for s in snapshots
    ]


def series_of_nation() -> dict[dt.date, GridRow]:
    """Role families by trainings of the nation in every frozen month, oldest first. One query."""
    series: dict[dt.date, GridRow] = {}
    cells = CoverageSnapshot.objects.filter(kind=PlaceKind.NATION).order_by("month__ends_on")
    for ends_on, role_family, trainable, is_suppressed, *figures in cells.values_list(
        *("month__ends_on", "role_family_id", "trainable_id", "is_suppressed"),
        *("expected", "covered", "overdue", "declared", "unknown"),
    ):
        row = series.setdefault(ends_on, GridRow())
        cell = None if is_suppressed else Cell(*figures)
        row.cells[role_family, trainable or ALL] = GridCell(cell)
    return series


def _cells(month: CoverageMonth, kind: PlaceKind) -> QuerySet[CoverageSnapshot]:
    return CoverageSnapshot.objects.filter(month=month, kind=kind).order_by()


def _margins() -> Q:
    return Q(role_family=None) | Q(trainable=None)


def _put(row: GridRow, snapshot: CoverageSnapshot) -> None:
    column = (snapshot.role_family_id, snapshot.trainable_id or ALL)
    row.cells[column] = GridCell(None if snapshot.is_suppressed else snapshot.cell)


def _roll(month: CoverageMonth, region: Region | None, family: str) -> QuerySet[RollEntry]:
    entries = RollEntry.objects.filter(month=month)
    if region is not None:
        entries = entries.filter(region=region)
    return entries.filter(family=family) if family else entries
