"""Tables that come from outside, as CSV or XLSX: checked before and while they are read.

Such a file may be huge, compressed a thousandfold, no table at all, or hold formulas. Encoding and
delimiter are found out; nothing is ever evaluated. What is wrong with the whole of it raises
`TableRefused` in words for the screen; what a line holds is the caller's to judge.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, TypeAlias
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

FORMULA = "="
"""What stands for a cell of XLSX that holds a formula: it has no value that we would believe."""

MAX_PARTS = 200
PEEK_LINES = 30
PEEK_BYTES = 64 * 1024
CHUNK = 1024 * 1024
DELIMITERS = ";,\t|"
MEGABYTE = 1024 * 1024

Row: TypeAlias = Sequence[Any]
Numbered: TypeAlias = Iterator[tuple[int, Row]]

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    KeyError,
    ValueError,  # what defusedxml refuses is one too
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,  # of XML, as lxml calls it
    OverflowError,
)
_MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"'
)


class TableRefused(Exception):
    """The file as a whole cannot be read; the message is for the screen."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is read at most; `unpacked` is what an XLSX holds, in bytes like `size`."""

    size: int
    unpacked: int
    lines: int
    columns: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table that looks sound. `encoding` and `delimiter` are empty for XLSX."""

    content: IO[bytes]
    bounds: Bounds
    encoding: str = ""
    delimiter: str = ""

    @property
    def is_xlsx(self) -> bool:
        return not self.encoding

    def rows(self) -> Numbered:
        """Each row with its number in the file, from the first one; may be called again.

        Cells are texts, in XLSX also numbers, dates and None. Raises TableRefused.
        """
        self.content.seek(0)
        read = _xlsx_rows(self) if self.is_xlsx else _csv_rows(self)
        for found, (number, row) in enumerate(read, start=1):
            # Empty rows cost as much as full ones: a gap of thousands ends it too.
            if found > 2 * self.bounds.lines:
                raise too_long(self.bounds)
            yield number, row

    def merged_rows(self) -> list[tuple[int, int]]:
        """(first, last) of the rows that merged cells touch: all but one of these cells are empty,
        whatever the screen shows."""
        return _merged_rows(self) if self.is_xlsx else []


def table_open(*, name: str, content: IO[bytes], bounds: Bounds) -> Table:
    """Look whether this may be a table at all. Raises TableRefused."""
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    if size > bounds.size:
        raise TableRefused(
            _("Ce fichier dépasse %(size)d Mo : découpez-le en plusieurs fichiers.")
            % {"size": bounds.size // MEGABYTE}
        )
    head = content.read(PEEK_BYTES)
    if not head.strip():
        raise TableRefused(_("Ce fichier est vide."))
    if not name.lower().endswith((".csv", ".txt", ".xlsx")):
        raise TableRefused(_("Enregistrez le fichier au format CSV ou XLSX, puis renvoyez-le."))
    is_zip = head.startswith(b"PK")
    if is_zip != name.lower().endswith(".xlsx"):
        raise TableRefused(_("Le contenu de ce fichier n’est pas celui que son nom annonce."))
    if is_zip:
        _check_archive(content, bounds)
        return Table(content, bounds)
    encoding = _encoding(content, head)
    return Table(content, bounds, encoding, _delimiter(head.decode(encoding, "replace")))


def too_long(bounds: Bounds) -> TableRefused:
    """The refusal of a table with too many lines."""
    lines = number_format(bounds.lines, force_grouping=True)
    return TableRefused(
        _("Ce fichier dépasse %(lines)s lignes : découpez-le en plusieurs.") % {"lines": lines}
    )


def text_of(value: Any) -> str:
    """A cell as text; a whole number without the decimals that a spreadsheet gives it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


# CSV ----------------------------------------------------------------------------------------


def _csv_rows(table: Table) -> Numbered:
    text = io.TextIOWrapper(table.content, encoding=table.encoding, newline="")
    reader = csv.reader(text, delimiter=table.delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row[: table.bounds.columns]
    except csv.Error:
        raise TableRefused(
            _("La ligne %(n)d ne peut pas être lue : un guillemet y est resté ouvert.")
            % {"n": reader.line_num}
        ) from None
    finally:
        with suppress(ValueError):  # whoever brought the file may have closed it already
            text.detach()


def _encoding(content: IO[bytes], head: bytes) -> str:
    """UTF-16 says so by its first bytes; else it is UTF-8 or what Windows writes in France."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    elif b"\x00" in head:
        raise TableRefused(_("Ce fichier n’est pas un tableau CSV."))
    else:
        candidates = ("utf-8-sig", "cp1252")
    for encoding in candidates:
        if _decodes(content, encoding):
            return encoding
    raise TableRefused(_("Les caractères de ce fichier sont illisibles : enregistrez-le en UTF-8."))


def _decodes(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while chunk := content.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(head: str) -> str:
    """The sign that cuts most of the first lines into the same number of cells."""

    def regularity(delimiter: str) -> int:
        rows = islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), PEEK_LINES)
        try:
            counts = Counter(len(row) for row in rows if len(row) > 1)
        except csv.Error:
            return 0
        return max((often * (cells - 1) for cells, often in counts.items()), default=0)

    return max(DELIMITERS, key=regularity)


# XLSX ---------------------------------------------------------------------------------------


def _unreadable() -> TableRefused:
    return TableRefused(
        _("Ce fichier XLSX ne peut pas être lu : enregistrez-le de nouveau, ou en CSV.")
    )


def _check_archive(content: IO[bytes], bounds: Bounds) -> None:
    """What it says it unpacks to, which reading then never exceeds."""
    try:
        parts = zipfile.ZipFile(content).infolist()
    except _BROKEN:
        raise _unreadable() from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > bounds.unpacked:
        raise TableRefused(
            _("Ce fichier contient bien plus que le tableau attendu : enregistrez-le en CSV.")
        )


def _xlsx_rows(table: Table) -> Numbered:
    try:
        book = openpyxl.load_workbook(table.content, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is often wrong
        rows = sheet.iter_rows(max_col=table.bounds.columns)
        for number, cells in enumerate(rows, start=1):
            yield number, [_cell(cell) for cell in cells]
    except _BROKEN:
        raise _unreadable() from None


def _cell(cell: Any) -> Any:
    return FORMULA if cell.data_type == "f" else cell.value


def _merged_rows(table: Table) -> list[tuple[int, int]]:
    """Reading row by row, openpyxl does not tell; the list stands at the end of the sheet."""
    table.content.seek(0)
    try:
        book = openpyxl.load_workbook(table.content, read_only=True, keep_links=False)
        found: set[bytes] = set()
        rest = b""
        with book.worksheets[0]._get_source() as source:
            while chunk := source.read(CHUNK):
                found.update(_MERGE.findall(rest + chunk))
                rest = chunk[-300:]
        return sorted((box[1], box[3]) for box in (_box(one) for one in found))
    except _BROKEN:
        raise _unreadable() from None


def _box(reference: bytes) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference.decode("ascii"))
    return left or 0, top or 0, right or 0, bottom or 0
