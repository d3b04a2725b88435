"""What was published of the attendance, for screens and files alike: stored rows, and their plain
sums from January on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Sum
from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from organisation.enums import EstablishmentFamily
from organisation.models import Region, RoleFamily
from reporting import figures
from reporting.attendance.blocks import OTHER
from reporting.attendance.freezing import DECLARED, OBSERVED, UNKNOWN
from reporting.enums import AttendanceTable
from reporting.models import AttendanceFigure, AttendanceMonth, CoverageMonth

Counts: TypeAlias = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """A line of a table. None where nothing is published; absences are of regions alone."""

    title: str
    month: int | None
    year: int | None
    absent: int | None = None
    absent_year: int | None = None
    is_own: bool = False
    is_total: bool = False

    @property
    def cells(self) -> list[tuple[str, str]]:
        """(column, figure) of a table with presences alone."""
        return [(_("Ce mois"), _figure(self.month)), (_("Depuis janvier"), _figure(self.year))]

    @property
    def region_cells(self) -> list[tuple[str, str]]:
        """The same with those who did not come."""
        return [
            *self.cells,
            (_("Inscrits absents ce mois"), _figure(self.absent)),
            (_("Inscrits absents depuis janvier"), _figure(self.absent_year)),
        ]


@dataclass(frozen=True, slots=True)
class PublishedTable:
    table: AttendanceTable
    rows: list[PublishedRow]

    @property
    def has_absences(self) -> bool:
        return self.table == AttendanceTable.REGION

    @property
    def columns(self) -> list[str]:
        return [column for column, _figure in self.lines[0][1]]

    @property
    def lines(self) -> list[tuple[PublishedRow, list[tuple[str, str]]]]:
        return [(row, row.region_cells if self.has_absences else row.cells) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Published:
    """A month with its year so far."""

    month: AttendanceMonth
    total: int | None
    year_total: int
    tables: list[PublishedTable]

    @property
    def is_empty(self) -> bool:
        return not self.total and not self.year_total


def published(*, month: CoverageMonth, own: Region | None = None) -> Published | None:
    """None for a month that was frozen without attendance. Five queries."""
    year = list(
        AttendanceMonth.objects.filter(
            month__ends_on__year=month.ends_on.year, month__ends_on__lte=month.ends_on
        ).select_related("month")
    )
    this = next((one for one in year if one.month_id == month.pk), None)
    if this is None:
        return None
    of_month = _counts([month.pk])
    of_year = _counts([one.month_id for one in year])
    year_total = sum(one.present or 0 for one in year)
    regions, families = list(Region.objects.order_by("name")), _role_families()
    names: dict[AttendanceTable, dict[str, str]] = {
        AttendanceTable.REGION: {one.code: one.name for one in regions},
        AttendanceTable.FAMILY: {code: str(label) for code, label in EstablishmentFamily.choices},
        AttendanceTable.ROLE_FAMILY: families,
        AttendanceTable.HOW: {OBSERVED: _("Pointée ou scannée"), DECLARED: _("Déclarée")},
    }
    total = PublishedRow(
        _("Total"),
        this.present,
        year_total,
        _sum(of_month, AttendanceTable.ABSENT),
        _sum(of_year, AttendanceTable.ABSENT),
        is_total=True,
    )
    tables = [
        PublishedTable(table, [*_rows(table, named, of_month, of_year, own), total])
        for table, named in names.items()
    ]
    return Published(this, this.present, year_total, tables)


def attendance_export(
    shown: Published, *, filename: str, place: str, rules: Sequence[str]
) -> ExportTable:
    """One line a table and row, from what the page shows."""
    ends_on = shown.month.month.ends_on
    return ExportTable(
        title=_("Participation aux rencontres"),
        filename=f"{filename}-{ends_on:%Y-%m}",
        notes=[
            (_("Lieu"), place),
            (_("Mois"), figures.month_name(ends_on)),
            (_("Rencontres depuis le"), figures.short_day(shown.month.starts_on)),
            (_("Calculé le"), figures.moment(shown.month.month.computed_at)),
            *((_("Règles"), rule) for rule in rules),
        ],
        header=[
            _("Tableau"),
            _("Ligne"),
            _("Présences du mois"),
            _("Présences depuis janvier"),
            _("Inscrits absents du mois"),
            _("Inscrits absents depuis janvier"),
        ],
        rows=_export_rows(shown.tables),
        widths=(36, 44, 16, 16, 16, 16),
    )


def _export_rows(tables: Iterable[PublishedTable]) -> Iterator[list[Value]]:
    for table in tables:
        for row in table.rows:
            absent = [row.absent, row.absent_year] if table.has_absences else [None, None]
            yield [str(table.table.label), row.title, row.month, row.year, *absent]


def _rows(
    table: AttendanceTable,
    names: Mapping[str, str],
    of_month: Counts,
    of_year: Counts,
    own: Region | None,
) -> Iterator[PublishedRow]:
    titles = {
        **names,
        UNKNOWN: _("Sans établissement connu"),
        OTHER: _("Autres, sans détail"),
    }
    absent = AttendanceTable.ABSENT if table == AttendanceTable.REGION else None
    for row, title in titles.items():
        present, missing = of_year.get((table, row)), of_year.get((absent or "", row))
        if present is None and missing is None:
            continue
        yield PublishedRow(
            title,
            of_month.get((table, row)),
            present,
            of_month.get((absent or "", row)),
            missing,
            is_own=own is not None and absent is not None and row == own.code,
        )


def _counts(months: Iterable[int]) -> dict[tuple[str, str], int]:
    figures = AttendanceFigure.objects.filter(month__in=list(months)).order_by()
    rows = figures.values_list("table", "row").annotate(count=Sum("people"))
    found: dict[tuple[str, str], int] = defaultdict(int)
    for table, row, count in rows:
        found[table, row] = count
    return dict(found)


def _sum(counts: Counts, table: AttendanceTable) -> int | None:
    found = [count for (of_table, _row), count in counts.items() if of_table == table]
    return sum(found) if found else None


def _role_families() -> dict[str, str]:
    return dict(RoleFamily.objects.order_by("position", "name").values_list("code", "name"))


def _figure(count: int | None) -> str:
    return "–" if count is None else figures.number(count)
