"""XLSX and CSV of a table, safe to open: no text of ours ever becomes a formula.

In XLSX a text is stored with the type «string», which no spreadsheet evaluates, and those that look
like a formula carry the quote prefix, so that editing the cell does not turn it into one. CSV has
no types: there a leading apostrophe is the only protection (OWASP «CSV Injection»). CSV is for
French Excel: semicolons and a byte order mark.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from typing import Any, TypeAlias

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value: TypeAlias = str | int | float | dt.date | None
# What a spreadsheet may take for the beginning of a formula, the wide forms of Asian keyboards too.
FORMULA_START = re.compile(r"^[\s\x00]*[=+\-@\t\r\n|%＝＋－＠]")
_QUOTED = re.compile(r'[;"\r\n]')
# Neither a formula nor to be quoted: most texts, at one look.
_PLAIN = re.compile(r'[^\W_][^;"\r\n]*\Z')
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOGETHER = 200
"""Rows that leave together."""
HEAD_FONT = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="0F1B4C")


@dataclass(frozen=True)
class ExportTable:
    """`notes` (label, text) say scope, dates and rules; `percents` are the columns with rates, as
    numbers from 0 to 1. `rows` is read once."""

    title: str
    filename: str  # without its ending
    notes: Sequence[tuple[str, str]]
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]
    percents: frozenset[int] = field(default_factory=frozenset)
    widths: Sequence[int] = ()


def csv_response(table: ExportTable) -> StreamingHttpResponse:
    """Streamed, a few rows at a time: what is sent costs by the piece."""
    return csv_stream(csv_lines(header=table.header, rows=table.rows), table.filename)


def csv_stream(lines: Iterable[str], filename: str) -> StreamingHttpResponse:
    """Lines that were written elsewhere; `filename` without its ending."""
    response = StreamingHttpResponse(_together(iter(lines)), content_type="text/csv; charset=utf-8")
    return _attach(response, f"{filename}.csv")


def xlsx_response(table: ExportTable) -> HttpResponse:
    """Two sheets: the table, and what it counts."""
    book = Workbook(write_only=True)
    _write_table(book.create_sheet(table.title[:31]), table)
    _write_notes(book.create_sheet("À lire"), table)
    content = io.BytesIO()
    book.save(content)
    return xlsx_attachment(content.getvalue(), table.filename)


def xlsx_attachment(content: bytes, filename: str) -> HttpResponse:
    """A workbook that was made elsewhere; `filename` without its ending."""
    response: HttpResponse = _attach(
        HttpResponse(content, content_type=XLSX_TYPE), f"{filename}.xlsx"
    )
    return response


def csv_safe(value: Value) -> str | int:
    """A value as CSV text: French decimals and dates, formulas defused."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return f"{value:.4f}".replace(".", ",")
    if isinstance(value, dt.date):
        return _day_text(value)
    # A letter or a figure begins no formula, and most texts with one: the search costs more.
    if value[:1].isalnum():
        return value
    return f"'{value}" if FORMULA_START.match(value) else value


def csv_cell(text: str) -> str:
    """A text as it stands between two semicolons: for lists that are too long for `csv_lines`."""
    if _PLAIN.match(text):
        return text
    safe = str(csv_safe(text))
    return '"' + safe.replace('"', '""') + '"' if _QUOTED.search(safe) else safe


@lru_cache(maxsize=2048)
def _day_text(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


def csv_lines(*, header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """The table line by line; `rows` is read once."""
    line = _Line()
    writer = csv.writer(line, delimiter=";")
    yield "\ufeff"
    for row in chain([header], rows):
        writer.writerow([csv_safe(value) for value in row])
        yield line.text


def _together(lines: Iterator[str]) -> Iterator[str]:
    while part := list(islice(lines, TOGETHER)):
        yield "".join(part)


class _Line:
    """A file that remembers the last thing written."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def _write_table(sheet: Any, table: ExportTable) -> None:
    sheet.freeze_panes = "A2"
    for index, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.append([_head(sheet, title) for title in table.header])
    last = 1
    for row in table.rows:
        sheet.append([_xlsx(sheet, value, i in table.percents) for i, value in enumerate(row)])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.header))}{last}"


def _write_notes(sheet: Any, table: ExportTable) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    for label, text in table.notes:
        sheet.append([_head(sheet, label), _xlsx(sheet, text)])


def _head(sheet: Any, text: str) -> Any:
    cell = _xlsx(sheet, text)
    cell.font, cell.fill = HEAD_FONT, HEAD_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _xlsx(sheet: Any, value: Value, is_percent: bool = False) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    if not isinstance(value, str) or not value:
        cell = WriteOnlyCell(sheet, None if value == "" else value)
        if isinstance(value, dt.date):
            cell.number_format = "DD/MM/YYYY"
        elif is_percent and value is not None:
            cell.number_format = "0 %"
        return cell
    cell = WriteOnlyCell(sheet)
    xlsx_text(cell, value)
    return cell


def xlsx_text(cell: Any, text: str) -> None:
    """Put a text into a cell, which stays one whatever it looks like."""
    cell.value = text = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    if FORMULA_START.match(text):
        cell.quotePrefix = True


def _attach(response: Any, filename: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_response(content: bytes, filename: str) -> HttpResponse:
    """`filename` with its ending."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


FILE_RESPONSES: dict[str, Callable[[ExportTable], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}
"""What answers with a table, by the ending of the file."""
