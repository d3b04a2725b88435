"""The big tables as HTML, built in Python.

A hundred cells in a template loop cost twenty times the SQL behind them (measured elsewhere), so a
cell is one formatted string here and the template prints the table in one go. Everything that
comes from data goes through `escape` once: the standard library's, for Django's makes an object of
each text. Figures are numbers, and the words beside them our own. The ARIA roles keep it a table
where the phone's style sheet lays it out as a list (`display: block` would drop them).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reporting import figures
from reporting.counting import Cell
from reporting.kinds import Heading
from reporting.selectors.grid import GridCell

PIE = '<span class="tcv-cov__pie" aria-hidden="true"></span>'


class BodyCell(NamedTuple):
    """A cell; `cell` None is hidden. `url` leads to the people, or wherever the figure drills."""

    cell: Cell | None
    url: str = ""

    @classmethod
    def of(cls, cell: GridCell) -> BodyCell:
        return cls(cell.cell)


@dataclass(frozen=True)
class BodyRow:
    title: str
    cells: Sequence[BodyCell]
    url: str = ""
    css: str = ""


@dataclass(frozen=True)
class Table:
    """`groups` are bodies of rows: the first row of a group may be its own total (css "group").

    `headings` stand over the first columns, all but perhaps a total; there `columns` are how a cell
    is called where the head is out of sight.
    """

    caption: str
    corner: str
    columns: Sequence[str]
    groups: Iterable[Sequence[BodyRow]] = field(default_factory=list)
    headings: Sequence[Heading] = ()

    def html(self) -> SafeString:
        labels = [escape(column) for column in self.columns]
        bodies = "".join(_group(rows, labels) for rows in self.groups)
        return SafeString(
            f'<table class="tcv-matrix" role="table"><caption>{escape(self.caption)}</caption>'
            f'<thead role="rowgroup">{self._head(labels)}</thead>{bodies}</table>'
        )

    def _head(self, labels: Sequence[str]) -> str:
        corner = escape(self.corner)
        if not self.headings:
            return f'<tr role="row">{_heads([corner, *labels])}</tr>'
        titles = [escape(title) for one in self.headings for title in one.columns]
        over = "".join(
            f'<th scope="colgroup" role="columnheader" colspan="{len(one.columns)}">'
            f"{escape(one.title)}</th>"
            for one in self.headings
        )
        both = ' rowspan="2"'
        rest = _heads(labels[len(titles) :], both)
        return (
            f'<tr role="row">{_heads([corner], both)}{over}{rest}</tr>'
            f'<tr role="row">{_heads(titles)}</tr>'
        )


def _heads(labels: Iterable[str], more: str = "") -> str:
    return "".join(f'<th scope="col" role="columnheader"{more}>{label}</th>' for label in labels)


def _group(rows: Sequence[BodyRow], labels: Sequence[str]) -> str:
    return f'<tbody role="rowgroup">{"".join([_row(row, labels) for row in rows])}</tbody>'


def _row(row: BodyRow, labels: Sequence[str]) -> str:
    title = escape(row.title)
    if row.url:
        title = f'<a href="{escape(row.url)}">{title}</a>'
    cells = "".join([_cell(*one) for one in zip(row.cells, labels, strict=True)])
    css = f' class="tcv-matrix__{row.css}"' if row.css else ""
    return f'<tr role="row"{css}><th scope="row" role="rowheader">{title}</th>{cells}</tr>'


def _cell(body: BodyCell, label: str) -> str:
    css, content = _content(body)
    return f'<td role="cell" class="tcv-cov tcv-cov--{css}" data-label="{label}">{content}</td>'


def _content(body: BodyCell) -> tuple[int | str, str]:
    """(class, inner HTML)."""
    cell, url = body
    if cell is None:
        return _hidden()
    percent = cell.percent
    if percent is None:
        return _not_required()
    return figures.level_of(percent), _figure(cell, percent, url)


@lru_cache(maxsize=1)
def _hidden() -> tuple[str, str]:
    return "hidden", f'<span class="tcv-cov__text">{escape(_("masqué"))}</span>'


@lru_cache(maxsize=1)
def _not_required() -> tuple[str, str]:
    return "none", escape(_("non requis"))


def _figure(cell: Cell, percent: int, url: str) -> str:
    # Within what does not wrap: the pie never stands on a line of its own.
    figure = f'<span class="tcv-cov__figure">{PIE}{figures.rate_of(cell, percent)}</span>'
    if cell.by_declaration:
        figure += f', <span class="tcv-cov__declared">{figures.declared_text(cell)}</span>'
    if cell.unknown:
        figure += f', <span class="tcv-cov__unknown">{figures.unknown_text(cell)}</span>'
    if url:
        figure = f'<a class="tcv-cov__link" href="{escape(url)}">{figure}</a>'
    if cell.overdue:
        figure += f' <span class="tcv-cov__late">{figures.overdue_text(cell)}</span>'
    return f'<span class="tcv-cov__text">{figure}</span>'
