"""Tables and files of the frozen monthly grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from organisation.models import RoleFamily
from reporting import figures
from reporting.counting import Cell
from reporting.kinds import Heading, all_of, headings, titled
from reporting.models import CoverageMonth
from reporting.presenters import coverage_notes, figure_header, figure_values
from reporting.selectors.grid import EVERYTHING, Column, Focus, GridCell, GridRow
from reporting.tables import BodyCell, BodyRow, Table
from training.models import Trainable


@dataclass(frozen=True)
class NamedRow:
    """A row of the grid with what it is called and where it leads.

    `trend` is the address of its trends; each cell leads to its own there.
    """

    title: str
    row: GridRow
    url: str = ""
    css: str = ""
    trend: str = ""


@dataclass(frozen=True)
class Columns:
    """Titles of columns, which cells they take from a row, and how an address names them."""

    titles: list[str]
    keys: list[Column]
    queries: list[str]
    headings: list[Heading] = field(default_factory=list)

    @classmethod
    def of_modules(cls, modules: Sequence[Trainable], focus: Focus = EVERYTHING) -> Columns:
        """Of one role family or all: its modules, and all of them where there are several."""
        wanted = [focus.trainable] if focus.trainable else list(modules)
        columns = [(titled(one), replace(focus, trainable=one)) for one in wanted]
        if len(wanted) != 1:
            columns.append((all_of(modules), replace(focus, trainable=None)))
        return cls._of(columns, headings(wanted))

    @classmethod
    def of_families(cls, families: Sequence[RoleFamily], focus: Focus = EVERYTHING) -> Columns:
        """Of one module or all: its role families, and all of them where there are several."""
        wanted = [focus.role_family] if focus.role_family else list(families)
        columns = [(one.name, replace(focus, role_family=one)) for one in wanted]
        if len(wanted) != 1:
            columns.append((_("Toutes les filières"), replace(focus, role_family=None)))
        return cls._of(columns, [])

    def shown(self, row: GridRow) -> list[tuple[str, str, str]]:
        """(title, figure, what else is to be said) of the cells of a row that are published."""
        cells = [
            (title, row.cell(*key).cell) for title, key in zip(self.titles, self.keys, strict=True)
        ]
        return [
            (title, figures.rate_text(cell), ", ".join(filter(None, _besides(cell))))
            for title, cell in cells
            if cell is not None and cell.is_required
        ]

    @classmethod
    def _of(cls, columns: Sequence[tuple[str, Focus]], headings: list[Heading]) -> Columns:
        return cls(
            [title for title, _focus in columns],
            [focus.column for _title, focus in columns],
            [urlencode(focus_query(focus)) for _title, focus in columns],
            headings,
        )


def _besides(cell: Cell) -> list[str]:
    return [figures.unknown_text(cell), figures.overdue_text(cell)]


def focus_query(focus: Focus) -> dict[str, str]:
    """How an address names a cell."""
    named = {
        "filiere": focus.role_family.code if focus.role_family else "",
        "module": str(focus.trainable.uid) if focus.trainable else "",
    }
    return {name: value for name, value in named.items() if value}


def grid_table(
    *, caption: str, corner: str, columns: Columns, groups: Sequence[Sequence[NamedRow]]
) -> Table:
    return Table(
        caption,
        corner,
        columns.titles,
        [[_body_row(row, columns) for row in rows] for rows in groups if rows],
        columns.headings,
    )


def establishment_grid_rows(
    *, row: GridRow, families: Sequence[RoleFamily], focus: Focus, trend: str
) -> list[list[NamedRow]]:
    """One establishment's cells as rows: the whole of it, then its role families."""
    wanted = [focus.role_family] if focus.role_family else families
    groups = [
        [NamedRow(one.name, row.of_family(one), trend=_of_family(trend, one)) for one in wanted]
    ]
    if focus.role_family is None:
        groups.insert(
            0, [NamedRow(_("Ensemble de l’établissement"), row, css="total", trend=trend)]
        )
    return groups


def _of_family(trend: str, family: RoleFamily) -> str:
    return f"{trend}{'&' if '?' in trend else '?'}{urlencode({'filiere': family.code})}"


def grid_export(
    *,
    title: str,
    filename: str,
    place: str,
    month: CoverageMonth,
    columns: Columns,
    rows: Sequence[NamedRow],
    filters: str = "",
) -> ExportTable:
    """One line a row and column; a hidden cell has its word and no figure."""
    return ExportTable(
        title=title,
        filename=f"{filename}-{month.ends_on:%Y-%m}",
        notes=[
            *coverage_notes(place, month.ends_on, month.computed_at),
            (_("Filtres"), filters or _("aucun")),
            (_("Masqué"), hidden_words()),
        ],
        header=[_("Ligne"), _("Colonne"), *figure_header()],
        rows=_export_rows(columns, rows),
        percents=frozenset({6}),
        widths=(48, 44, 10, 10, 12, 14, 10, 10),
    )


def hidden_words() -> str:
    return _(
        "Un groupe de moins de cinq personnes n’est pas montré, ni les chiffres qui permettraient "
        "de le retrouver par soustraction. Il reste compté dans les totaux."
    )


def _body_row(row: NamedRow, columns: Columns) -> BodyRow:
    cells = [
        _body(row.row.cell(*key), row.trend, asked)
        for key, asked in zip(columns.keys, columns.queries, strict=True)
    ]
    return BodyRow(row.title, cells, row.url, row.css)


def _body(cell: GridCell, trend: str, asked: str) -> BodyCell:
    """A cell leads to its trend, unless it is hidden or empty."""
    if not trend or cell.cell is None or not cell.cell.is_required:
        return BodyCell(cell.cell)
    joint = "&" if "?" in trend else "?"
    return BodyCell(cell.cell, f"{trend}{joint}{asked}" if asked else trend)


def _export_rows(columns: Columns, rows: Sequence[NamedRow]) -> Iterator[list[Value]]:
    for row in rows:
        for title, key in zip(columns.titles, columns.keys, strict=True):
            cell = row.row.cell(*key).cell
            shown = figure_values(cell) if cell else [_("masqué"), None, None, None, None, None]
            yield [row.title, title, *shown]


def four_figures(cell: GridCell) -> dict[str, str] | None:
    """The figures on top of a page; None where the total itself is hidden."""
    return figures.four(cell.cell) if cell.cell is not None else None
