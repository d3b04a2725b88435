"""What the observatory reads: cells of the frozen grid, the roll, and what is published of the
campaign. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone

from campaign_assets.reach.selectors import ReachFilter
from organisation.models import Establishment
from reporting.enums import AttendanceTable, PlaceKind
from reporting.models import AttendanceFigure, CoverageMonth, CoverageSnapshot, RollEntry
from reporting.observatory.quartiles import Spread, spread_of
from reporting.reach.counting import Reach, midnight, reach_by
from reporting.selectors import grid
from reporting.selectors.grid import FIGURES, NOT_REQUIRED, Focus, GridCell, shown_cell


@dataclass(frozen=True, slots=True)
class House:
    """An establishment of the roll, as far as it is compared. `rate` is None where it is hidden,
    not required or not known."""

    pk: int
    region: int | None
    family: str
    size: str
    is_silent: bool
    rate: float | None


GROUPINGS: dict[str, Callable[[House], Hashable]] = {
    PlaceKind.REGION: lambda house: house.region,
    PlaceKind.FAMILY: lambda house: house.family,
    PlaceKind.SIZE: lambda house: house.size,
    PlaceKind.NATION: lambda house: None,
}


@dataclass(frozen=True)
class Houses:
    """Every establishment of a month's roll with its published rate."""

    all: list[House]

    def spreads(self, kind: PlaceKind) -> dict[Hashable, Spread]:
        """By region, family or size; by None for the nation."""
        key_of = GROUPINGS[kind]
        rates: dict[Hashable, list[float]] = defaultdict(list)
        totals: Counter[Hashable] = Counter()
        for house in self.all:
            totals[key_of(house)] += 1
            if house.rate is not None:
                rates[key_of(house)].append(house.rate)
        return {key: spread_of(rates[key], total=total) for key, total in totals.items()}

    def known(self, kind: PlaceKind) -> Counter[Hashable]:
        """How many of them are not silent."""
        return Counter(GROUPINGS[kind](house) for house in self.all if not house.is_silent)

    def totals(self, kind: PlaceKind) -> Counter[Hashable]:
        return Counter(GROUPINGS[kind](house) for house in self.all)

    @property
    def reach(self) -> grid.Reach:
        known = sum(not house.is_silent for house in self.all)
        return grid.Reach(known=known, total=len(self.all))

    def of(self, establishment: Establishment) -> House | None:
        return next((house for house in self.all if house.pk == establishment.pk), None)


def houses_of_month(*, month: CoverageMonth, focus: Focus) -> Houses:
    """The roll with published rates of one cell. Two queries.

    Figures of a hidden cell never leave the database.
    """
    published = CoverageSnapshot.objects.filter(
        focus.point, month=month, kind=PlaceKind.ESTABLISHMENT, is_suppressed=False
    ).order_by()
    rates = {
        pk: covered / (expected + unknown)
        for pk, covered, expected, unknown in published.values_list(
            "establishment_id", "covered", "expected", "unknown"
        )
    }
    roll = RollEntry.objects.filter(month=month).order_by()
    return Houses(
        [
            House(pk, region, family, size, is_silent, rates.get(pk))
            for pk, region, family, size, is_silent in roll.values_list(
                "establishment_id", "region_id", "family", "size", "is_silent"
            )
        ]
    )


@dataclass
class Totals:
    """The grid's own cells of one focus: of the nation, and by region, family and size."""

    nation: GridCell = NOT_REQUIRED
    regions: dict[int | None, GridCell] = field(default_factory=dict)
    families: dict[str, GridCell] = field(default_factory=dict)
    sizes: dict[str, GridCell] = field(default_factory=dict)


def totals_of_month(*, month: CoverageMonth, focus: Focus) -> Totals:
    """One query."""
    found = Totals()
    kinds = (PlaceKind.NATION, PlaceKind.REGION, PlaceKind.FAMILY, PlaceKind.SIZE)
    snapshots = CoverageSnapshot.objects.filter(focus.point, month=month, kind__in=kinds)
    values = snapshots.order_by().values_list("kind", "region_id", "family", "size", *FIGURES)
    for kind, region, family, size, *counted in values:
        cell = shown_cell(counted)
        if kind == PlaceKind.NATION:
            found.nation = cell
        elif kind == PlaceKind.REGION:
            found.regions[region] = cell
        elif kind == PlaceKind.FAMILY:
            found.families[family] = cell
        else:
            found.sizes[size] = cell
    return found


def own_cell(
    *, month: CoverageMonth, establishment: Establishment, focus: Focus, unmasked: bool
) -> GridCell:
    """The establishment's cell; `unmasked` only for its own managers. One query."""
    found = CoverageSnapshot.objects.filter(
        focus.point, month=month, kind=PlaceKind.ESTABLISHMENT, establishment=establishment
    )
    counted = found.values_list(*FIGURES).first()
    return shown_cell(counted, unmasked=unmasked) if counted else NOT_REQUIRED


def reach_of_year(*, month: CoverageMonth) -> dict[int, Reach]:
    """By region, from January to the end of the month. Two queries."""
    first = month.ends_on.replace(month=1, day=1)
    until = midnight(month.ends_on + dt.timedelta(days=1))
    wanted = ReachFilter(since=midnight(first), until=min(until, timezone.now()))
    return {key: reach for key, reach in reach_by("region", wanted).items() if key is not None}


def attendance_of_year(*, month: CoverageMonth) -> dict[str, int]:
    """Published presences by the code of the meeting's region, from January on. One query."""
    rows = AttendanceFigure.objects.filter(
        month__ends_on__year=month.ends_on.year,
        month__ends_on__lte=month.ends_on,
        table=AttendanceTable.REGION,
    ).order_by()
    return dict(rows.values_list("row").annotate(people_sum=Sum("people")))
