"""The board's page of a place: live for those who see names there, else from the frozen grid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import Department, Establishment, Region
from reporting import figures
from reporting.board.expiring import end_of_next_month, falling_due
from reporting.board.moves import Move, moves
from reporting.board.rules import Facts, Group, Proposal, proposals
from reporting.charts import Point
from reporting.counting import Cell
from reporting.enums import PlaceKind
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry
from reporting.objectives.selectors import objectives_standing
from reporting.places import Place, place_name, place_scope
from reporting.selectors import grid
from reporting.selectors.coverage import (
    Coverage,
    coverage_of_department,
    coverage_of_establishment,
)

LATE_LINES = 5


@dataclass(frozen=True, slots=True)
class Late:
    """A line of «Qui est en retard»."""

    name: str
    overdue: int
    expected: int
    url: str = ""

    @property
    def text(self) -> str:
        """«32 en retard sur 410 attendus»."""
        words = ngettext(
            "%(n)s en retard sur %(all)s attendu",
            "%(n)s en retard sur %(all)s attendus",
            self.expected,
        )
        return words % {"n": figures.number(self.overdue), "all": figures.number(self.expected)}


@dataclass(frozen=True)
class Board:
    """`total` is None where it is hidden. `points` are frozen months, oldest first, of a place that
    `has_months`: a department has none. `is_behind` as in `selectors.coverage.Coverage`."""

    place: str
    day: dt.date
    computed_at: dt.datetime
    is_live: bool
    has_months: bool
    total: Cell | None
    late_kind: str
    points: Sequence[Point] = ()
    late: Sequence[Late] = ()
    proposals: Sequence[Proposal] = ()
    reach: grid.Reach | None = None
    is_behind: bool = False
    moves: Sequence[Move] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "moves", moves(self.points))


def board_of_establishment(*, establishment: Establishment, day: dt.date) -> Board:
    """Live at `day`, with every frozen month behind it. A fixed number of queries."""
    coverage = coverage_of_establishment(establishment=establishment, day=day)
    months = grid.trend_of_establishment(establishment=establishment, unmasked=True)
    gap = coverage.gap
    facts = Facts(
        total=coverage.table.total,
        has_objective=_has_objective(establishment),
        groups=_families(coverage),
        known=gap.known if gap else None,
        has_headcounts=gap is not None and gap.declared is not None,
        undeclared_roles=gap.undeclared_roles if gap else 0,
        falling_due=falling_due(where=Q(establishment=establishment), day=day),
        until=end_of_next_month(day),
    )
    base = reverse("reporting:missing", args=[establishment.uid])
    return Board(
        place=establishment.name,
        day=day,
        computed_at=coverage.computed_at,
        is_live=True,
        total=coverage.table.total,
        has_months=True,
        late_kind=_("Par filière, à ce jour."),
        points=_points(months, day),
        late=_late_groups(_families(coverage), base, "filiere"),
        is_behind=coverage.is_behind,
        proposals=proposals(facts),
    )


def board_of_department(*, department: Department, day: dt.date) -> Board:
    """Live at `day`; no month of a department is frozen."""
    coverage = coverage_of_department(department=department, day=day)
    facts = Facts(
        total=coverage.table.total,
        has_objective=_has_objective(department),
        groups=_roles(coverage),
        falling_due=falling_due(where=Q(department=department), day=day),
        until=end_of_next_month(day),
    )
    base = reverse("reporting:department_missing", args=[department.uid])
    return Board(
        place=f"{department.name} – {department.establishment.name}",
        day=day,
        computed_at=coverage.computed_at,
        is_live=True,
        total=coverage.table.total,
        has_months=False,
        late_kind=_("Par métier, à ce jour."),
        late=_late_groups(_roles(coverage), base, "role"),
        is_behind=coverage.is_behind,
        proposals=proposals(facts),
    )


def board_of_region(*, region: Region) -> Board | None:
    """The latest frozen month of a region; None before there is one."""
    month = CoverageMonth.objects.first()
    if month is None:
        return None
    row = grid.region_row(month=month, region=region)
    reach = grid.reach(month=month, region=region)
    return _frozen(
        place=region,
        month=month,
        row=row,
        reach=reach,
        months=grid.trend_of_region(region=region),
        late_kind=_("Par établissement, à la fin du mois arrêté."),
        late=late_establishments(month=month, region=region),
    )


def board_of_nation() -> Board | None:
    """The latest frozen month of the nation; None before there is one."""
    month = CoverageMonth.objects.first()
    if month is None:
        return None
    return _frozen(
        place=None,
        month=month,
        row=grid.nation_row(month=month),
        reach=grid.reach(month=month),
        months=grid.trend_of_nation(),
        late_kind=_("Par région, à la fin du mois arrêté."),
        late=late_regions(month=month),
    )


def late_establishments(*, month: CoverageMonth, region: Region) -> list[Late]:
    """The establishments of a region with most people overdue, as the grid shows them: one whose
    total is hidden is on no list. One query."""
    members = RollEntry.objects.filter(month=month, region=region).values("establishment")
    found = (
        CoverageSnapshot.objects.filter(
            month=month,
            kind=PlaceKind.ESTABLISHMENT,
            establishment__in=members,
            role_family=None,
            trainable=None,
            is_suppressed=False,
            overdue__gt=0,
        )
        .select_related("establishment")
        .order_by("-overdue", "establishment__name", "pk")
    )
    return [
        Late(
            cell.establishment.name,
            cell.overdue,
            cell.expected,
            reverse("reporting:establishment_grid", args=[cell.establishment.uid]),
        )
        for cell in found[:LATE_LINES]
        if cell.establishment is not None
    ]


def late_regions(*, month: CoverageMonth) -> list[Late]:
    """The regions with most people overdue, as the grid shows them."""
    found = grid.region_rows(month=month)
    lines = [
        Late(
            region.name,
            cell.overdue,
            cell.expected,
            reverse("reporting:region", args=[region.code]),
        )
        for region in Region.objects.filter(pk__in=[pk for pk in found if pk is not None])
        if (cell := found[region.pk].cell().cell) is not None
    ]
    return _most(lines)


def _frozen(
    *,
    place: Region | None,
    month: CoverageMonth,
    row: grid.GridRow,
    reach: grid.Reach,
    months: Sequence[grid.TrendPoint],
    late_kind: str,
    late: Sequence[Late],
) -> Board:
    total = row.cell().cell
    shown: list[Proposal] = []
    if total is not None:
        facts = Facts(
            total=total,
            has_objective=_has_objective(place),
            groups=_grid_families(month, row),
            is_above_houses=True,
            silent=reach.silent,
            establishments=reach.total,
        )
        shown = proposals(facts)
    return Board(
        place=place_name(place),
        day=month.ends_on,
        computed_at=month.computed_at,
        is_live=False,
        has_months=True,
        total=total,
        late_kind=late_kind,
        points=_points(months, month.ends_on),
        late=late,
        proposals=shown,
        reach=reach,
    )


def _has_objective(place: Place) -> bool:
    return bool(objectives_standing(scope=place_scope(place)))


def _points(months: Sequence[grid.TrendPoint], until: dt.date) -> list[Point]:
    """The months that are frozen."""
    return [Point.of(one) for one in months if one.ends_on <= until and one.cell is not None]


def _families(coverage: Coverage) -> list[Group]:
    families = {role.family_id: role.family for role in coverage.roles}
    return [
        Group(_family(one.name), coverage.table.cell(("family", pk)), one.code)
        for pk, one in families.items()
    ]


def _roles(coverage: Coverage) -> list[Group]:
    return [
        Group(one.name, coverage.table.cell(("role", one.pk)), one.code) for one in coverage.roles
    ]


def _grid_families(month: CoverageMonth, row: grid.GridRow) -> list[Group]:
    """Those that are shown."""
    found = []
    for family in grid.role_families_of_month(month=month):
        cell = row.cell(family.pk).cell
        if cell is not None:
            found.append(Group(_family(family.name), cell, family.code))
    return found


def _family(name: str) -> str:
    return _("filière %(name)s") % {"name": name[:1].lower() + name[1:]}


def _late_groups(groups: Sequence[Group], base: str, name: str) -> list[Late]:
    return _most(
        [
            Late(
                one.name[:1].upper() + one.name[1:],
                one.cell.overdue,
                one.cell.expected,
                f"{base}?{name}={one.code}&retard=on",
            )
            for one in groups
        ]
    )


def _most(lines: Sequence[Late]) -> list[Late]:
    late = [line for line in lines if line.overdue]
    return sorted(late, key=lambda line: (-line.overdue, line.name))[:LATE_LINES]
