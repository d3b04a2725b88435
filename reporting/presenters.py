"""From counted figures to what a page or a file shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from organisation.models import Department, RoleFamily, StaffRole
from reporting import figures
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import NOT_REQUIRED, TOTAL
from reporting.kinds import all_of, headings, titled
from reporting.selectors.coverage import Coverage
from reporting.selectors.missing import MissingRow
from reporting.tables import BodyCell, BodyRow, Table
from training.models import Trainable

# Of a trainable, or None for all, the address of the people who miss it; "" for none
Addresses: TypeAlias = Callable[[Trainable | None], str]
# Those of a row's cells
Drill: TypeAlias = Callable[[RowKey], Addresses]


def role_table(
    *,
    coverage: Coverage,
    caption: str,
    total: str,
    drill: Drill,
    family: RoleFamily | None = None,
    module: Trainable | None = None,
) -> Table:
    """Roles under their families by modules; the filters choose among what was counted."""
    modules = _modules(coverage, module)
    line = _line(coverage, modules, drill)
    groups: list[list[BodyRow]] = []
    if family is None:
        groups.append([line(TOTAL, total, "total")])
    for of_family, roles in _by_family(coverage.roles, family):
        head = line(("family", of_family.pk), of_family.name, "family")
        groups.append([head, *(line(("role", role.pk), role.name, "part") for role in roles)])
    return Table(caption, _("Métier"), _columns(modules), groups, headings(modules))


def department_table(
    *,
    coverage: Coverage,
    caption: str,
    total: str,
    drill: Drill,
    address: Callable[[Department], str],
    module: Trainable | None = None,
) -> Table:
    """Departments by modules; each department leads to its own page."""
    modules = _modules(coverage, module)
    line = _line(coverage, modules, drill)
    rows = [
        line(
            ("department", department.pk if department else None),
            department.name if department else _("Sans service"),
            "",
            address(department) if department else "",
        )
        for department in coverage.departments
    ]
    groups = [[line(TOTAL, total, "total")], rows]
    return Table(caption, _("Service"), _columns(modules), groups, headings(modules))


def coverage_export(
    *, coverage: Coverage, title: str, filename: str, place: str, by_department: bool = False
) -> ExportTable:
    """One line a row and module, totals included."""
    return ExportTable(
        title=title,
        filename=f"{filename}-{coverage.day:%Y-%m-%d}",
        notes=coverage_notes(place, coverage.day, coverage.computed_at),
        header=[
            _("Niveau"),
            _("Filière"),
            _("Service") if by_department else _("Métier"),
            _("Module"),
            *figure_header(),
            _("Dont déclarés"),
        ],
        rows=_export_rows(coverage, by_department),
        percents=frozenset({8}),
        widths=(12, 30, 36, 44, 10, 10, 12, 14, 10, 10, 14),
    )


def missing_export(
    *, rows: Sequence[MissingRow], filename: str, place: str, day: dt.date, computed_at: dt.datetime
) -> ExportTable:
    """The people missing, one line a person and module."""
    return ExportTable(
        title=_("Personnes manquantes"),
        filename=f"{filename}-{day:%Y-%m-%d}",
        notes=[
            *coverage_notes(place, day, computed_at),
            (_("Confidentialité"), _("Liste nominative : à ne pas diffuser. Export journalisé.")),
        ],
        header=[
            _("Agent"),
            _("Métier"),
            _("Service"),
            _("Module"),
            _("Situation"),
            _("À faire avant le"),
            _("En retard depuis le"),
            _("Dernière validation"),
            _("Expirée le"),
            _("Provenance"),
        ],
        rows=(_missing_values(row) for row in rows),
        widths=(32, 32, 32, 44, 14, 16, 18, 18, 14, 14),
    )


def coverage_notes(place: str, day: dt.date, computed_at: dt.datetime) -> list[tuple[str, str]]:
    """Scope, dates and the rules in words, for the second sheet."""
    return [
        (_("Lieu"), place),
        (_("Situation au"), figures.short_day(day)),
        (_("Calculé le"), figures.moment(computed_at)),
        (
            _("Attendus"),
            _("Personnes distinctes à qui une obligation demande le module ce jour-là."),
        ),
        (_("À jour"), _("Parmi elles, celles dont la validation vaut encore ce jour-là.")),
        (
            _("Dont déclarés"),
            _(
                "Parmi les personnes à jour, celles dont aucune validation n’a été suivie sur la "
                "plateforme : séance d’équipe ou formation passée, déclarée par l’encadrement."
            ),
        ),
        (
            _("Non recensés"),
            _("Effectif déclaré au-delà des personnes connues, métier par métier."),
        ),
        (_("Taux"), _("À jour ÷ (attendus + non recensés).")),
        (
            _("Tous les modules, ou toutes les formations s’il y a des rencontres"),
            _("Une personne est à jour si elle l’est pour chacun de ceux qui lui sont demandés."),
        ),
    ]


def figure_header() -> list[str]:
    return [
        _("À jour"),
        _("Attendus"),
        _("Effectif déclaré"),
        _("Non recensés"),
        _("Taux"),
        _("En retard"),
    ]


def figure_values(cell: Cell) -> list[Value]:
    if not cell.is_required:
        return [_("non requis"), None, None, None, None, None]
    return [cell.covered, cell.expected, cell.declared, cell.unknown, cell.rate, cell.overdue]


def _modules(coverage: Coverage, module: Trainable | None) -> list[Trainable]:
    return [t for t in coverage.trainables if module is None or t.pk == module.pk]


def _columns(modules: Sequence[Trainable]) -> list[str]:
    titles = [titled(module) for module in modules]
    return [*titles, all_of(modules)] if len(modules) > 1 else titles


def _line(coverage: Coverage, modules: Sequence[Trainable], drill: Drill) -> Callable[..., BodyRow]:
    wanted: list[tuple[int, Trainable | None]] = [(module.pk, module) for module in modules]
    if len(modules) > 1:
        wanted.append((ALL, None))
    cells = coverage.table.cells

    def line(row: RowKey, title: str, css: str, url: str = "") -> BodyRow:
        address = drill(row)
        body = []
        for key, module in wanted:
            cell = cells.get((row, key), NOT_REQUIRED)
            somebody_is_missing = cell.covered < cell.expected
            body.append(BodyCell(cell, address(module) if somebody_is_missing else ""))
        return BodyRow(title, body, url, css)

    return line


def _by_family(
    roles: Iterable[StaffRole], only: RoleFamily | None
) -> Iterator[tuple[RoleFamily, list[StaffRole]]]:
    for _pk, group in groupby(roles, key=lambda role: role.family_id):
        of_family = list(group)
        if only is None or only.pk == of_family[0].family_id:
            yield of_family[0].family, of_family


def _export_rows(coverage: Coverage, by_department: bool) -> Iterator[list[Value]]:
    for level, family, name, row in _export_lines(coverage, by_department):
        for module in (*coverage.trainables, None):
            cell = coverage.table.cell(row, module.pk if module else ALL)
            title = titled(module) if module else all_of(coverage.trainables)
            declared = cell.by_declaration if cell.is_required else None
            yield [level, family, name, title, *figure_values(cell), declared]


def _export_lines(
    coverage: Coverage, by_department: bool
) -> Iterator[tuple[str, str, str, RowKey]]:
    yield _("Total"), "", "", TOTAL
    if by_department:
        for department in coverage.departments:
            name = department.name if department else _("Sans service")
            yield _("Service"), "", name, ("department", department.pk if department else None)
        return
    for family, roles in _by_family(coverage.roles, None):
        yield _("Filière"), family.name, "", ("family", family.pk)
        for role in roles:
            yield _("Métier"), family.name, role.name, ("role", role.pk)


def _provenance(is_declared: bool) -> str:
    return _("déclarée") if is_declared else _("suivie")


def _missing_values(row: MissingRow) -> list[Value]:
    return [
        row.name,
        row.roles,
        row.departments,
        row.training,
        _("en retard") if row.is_overdue else _("dans les temps"),
        row.due_on,
        row.since,
        row.last_completed_on,
        row.expired_on,
        _missing_provenance(row),
    ]


def _missing_provenance(row: MissingRow) -> str:
    if row.last_completed_on is None:
        return ""
    return _provenance(row.last_was_declared)
