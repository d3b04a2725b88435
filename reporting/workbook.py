"""The matrix as a spreadsheet that looks like the screen: rows down, modules across.

Each module has four columns under one head: up to date, people concerned, rate, overdue. The flat
table beside it (`presenters.coverage_export`) is for machines; this one is for a meeting. As there,
no text of ours becomes a formula (`documents.exports`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from documents.exports import HEAD_FILL, HEAD_FONT, xlsx_attachment, xlsx_text
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import TOTAL
from reporting.kinds import all_of, titled
from reporting.presenters import coverage_notes
from reporting.selectors.coverage import Coverage

BOLD = Font(bold=True)
SOFT = PatternFill("solid", fgColor="EEF1FB")
HIDDEN_TEXT = Font(italic=True, color="666666")
MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT_RULE = Border(left=Side(style="thin", color="0F1B4C"))
ACROSS = 4
"""Columns of a module."""

Line = tuple[str, str, RowKey]


def coverage_workbook(*, coverage: Coverage, total: str, place: str, filename: str) -> HttpResponse:
    """Two sheets: the matrix by role, and how it is counted."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = _("Couverture")
    modules = [*coverage.trainables, None] if len(coverage.trainables) > 1 else coverage.trainables
    titles = [titled(one) if one else all_of(coverage.trainables) for one in modules]
    _heads(sheet, titles)
    for number, (title, level, row) in enumerate(_lines(coverage, total), start=3):
        xlsx_text(sheet.cell(number, 1), title)
        sheet.cell(number, 1).alignment = Alignment(indent=2 if level == "role" else 0)
        for index, module in enumerate(modules):
            cell = coverage.table.cell(row, module.pk if module else ALL)
            _figures(sheet, number, 2 + index * ACROSS, cell)
        if level != "role":
            _stress(sheet, number)
    _widths(sheet, len(titles))
    _notes(book.create_sheet(_("À lire")), coverage, place)
    content = io.BytesIO()
    book.save(content)
    return xlsx_attachment(content.getvalue(), f"{filename}-{coverage.day:%Y-%m-%d}")


def _lines(coverage: Coverage, total: str) -> list[Line]:
    lines: list[Line] = [(total, "total", TOTAL)]
    for family, roles in groupby(coverage.roles, key=lambda role: role.family):
        lines.append((family.name, "family", ("family", family.pk)))
        lines += [(role.name, "role", ("role", role.pk)) for role in roles]
    return lines


def _heads(sheet: Worksheet, titles: Sequence[str]) -> None:
    """A module over its four columns; the first column says what the rows are."""
    _head(sheet, 1, 1, _("Métier"))
    sheet.merge_cells(start_row=1, end_row=2, start_column=1, end_column=1)
    for index, title in enumerate(titles):
        first = 2 + index * ACROSS
        _head(sheet, 1, first, title)
        sheet.merge_cells(start_row=1, end_row=1, start_column=first, end_column=first + ACROSS - 1)
        names = (_("À jour"), _("Concernées"), _("Taux"), _("En retard"))
        for offset, name in enumerate(names):
            _head(sheet, 2, first + offset, name)
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "B3"
    sheet.print_title_rows = "1:2"
    sheet.print_title_cols = "A:A"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    xlsx_text(cell, text)
    cell.font, cell.fill, cell.alignment = HEAD_FONT, HEAD_FILL, MIDDLE


def _figures(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """Numbers as numbers, the rate as percent; what is not required says so, and is no zero."""
    sheet.cell(row, column).border = LEFT_RULE
    if not cell.is_required:
        xlsx_text(sheet.cell(row, column), _("non requis"))
        sheet.cell(row, column).font = HIDDEN_TEXT
        return
    for offset, value in enumerate((cell.covered, cell.people, cell.rate, cell.overdue)):
        sheet.cell(row, column + offset, value)
    sheet.cell(row, column + 2).number_format = "0 %"
    for offset in (0, 1, 3):
        sheet.cell(row, column + offset).number_format = "#,##0"


def _stress(sheet: Worksheet, row: int) -> None:
    for cell in sheet[row]:
        if cell.font != HIDDEN_TEXT:
            cell.font = BOLD
        cell.fill = SOFT


def _widths(sheet: Worksheet, modules: int) -> None:
    sheet.column_dimensions["A"].width = 44
    for column in range(2, 2 + modules * ACROSS):
        sheet.column_dimensions[get_column_letter(column)].width = 12


def _notes(sheet: Worksheet, coverage: Coverage, place: str) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 100
    notes = coverage_notes(place, coverage.day, coverage.computed_at)
    notes.append((_("Concernées"), _("Attendus et non recensés : le diviseur du taux.")))
    for row, (label, text) in enumerate(notes, start=1):
        _head(sheet, row, 1, label)
        sheet.cell(row, 1).alignment = Alignment(vertical="top", wrap_text=True)
        xlsx_text(sheet.cell(row, 2), text)
        sheet.cell(row, 2).alignment = Alignment(vertical="top", wrap_text=True)
