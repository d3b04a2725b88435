"""Tables and files of the frozen monthly grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from organisation.models import RoleFamily
from reporting import figures
from reporting.counting import ALL
from reporting.kinds import Heading, all_of, headings, titled
from reporting.models import CoverageMonth
from reporting.presenters import coverage_notes, figure_header, figure_values
from reporting.selectors.grid import Column, GridCell, GridRow
from reporting.tables import BodyCell, BodyRow, Table
from training.models import Trainable


@dataclass(frozen=True)
class NamedRow:
    """A row of the grid with what it is called and where it leads."""

    title: str
    row: GridRow
    url: str = ""
    css: str = ""


@dataclass(frozen=True)
class Columns:
    """Titles of columns and which cells they take from a row."""

    titles: list[str]
    keys: list[Column]
    headings: list[Heading] = field(default_factory=list)

    @classmethod
    def of_modules(cls, modules: Sequence[Trainable]) -> Columns:
        titles = [titled(module) for module in modules]
        keys: list[Column] = [(None, module.pk) for module in modules]
        return cls([*titles, all_of(modules)], [*keys, (None, ALL)], headings(modules))

    @classmethod
    def of_families(cls, families: Sequence[RoleFamily]) -> Columns:
        titles = [family.name for family in families]
        keys: list[Column] = [(family.pk, ALL) for family in families]
        return cls([*titles, _("Toutes les filières")], [*keys, (None, ALL)])


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


def establishment_grid_table(
    *,
    caption: str,
    row: GridRow,
    modules: Sequence[Trainable],
    families: Sequence[RoleFamily],
) -> Table:
    """Role families down, modules across, of one establishment."""
    trainables = [*(module.pk for module in modules), ALL]
    lines: list[tuple[str, int | None, str]] = [(_("Ensemble de l’établissement"), None, "total")]
    lines += [(family.name, family.pk, "") for family in families]
    rows = [
        BodyRow(title, [_body(row.cell(key, t)) for t in trainables], css=css)
        for title, key, css in lines
    ]
    columns = Columns.of_modules(modules)
    groups = [rows[:1], rows[1:]]
    return Table(caption, _("Filière"), columns.titles, groups, columns.headings)


def grid_export(
    *,
    title: str,
    filename: str,
    place: str,
    month: CoverageMonth,
    columns: Columns,
    rows: Sequence[NamedRow],
) -> ExportTable:
    """One line a row and column; a hidden cell has its word and no figure."""
    return ExportTable(
        title=title,
        filename=f"{filename}-{month.ends_on:%Y-%m}",
        notes=[
            *coverage_notes(place, month.ends_on, month.computed_at),
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
    return BodyRow(row.title, [_body(row.row.cell(*key)) for key in columns.keys], row.url, row.css)


def _body(cell: GridCell) -> BodyCell:
    return BodyCell(cell.cell)


def _export_rows(columns: Columns, rows: Sequence[NamedRow]) -> Iterator[list[Value]]:
    for row in rows:
        for title, key in zip(columns.titles, columns.keys, strict=True):
            cell = row.row.cell(*key).cell
            shown = figure_values(cell) if cell else [_("masqué"), None, None, None, None, None]
            yield [row.title, title, *shown]


def four_figures(cell: GridCell) -> dict[str, str] | None:
    """The figures on top of a page; None where the total itself is hidden."""
    return figures.four(cell.cell) if cell.cell is not None else None
