"""The file itself: CSV or XLSX, checked before and while it is read, then its lines.

It comes from outside: it may be huge, compressed a thousandfold, no spreadsheet at all, or hold
formulas. What is wrong with the whole file refuses it; what is wrong with a line is said with its
number, and the other lines are read on, so that a file is corrected in one go.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
MAX_PARTS = 200
MAX_LINES = 5000
MAX_COLUMNS = 30
MAX_CELL = 300  # characters
FORMULA_START = re.compile(r"^[\s\x00]*[=+\-@|%＝＋－＠]")

Value: TypeAlias = str | dt.date
Row: TypeAlias = Sequence[Any]

# What the three columns may be called, in lower case and without accents.
PERSON, MODULE, DAY = "agent", "module", "date"
NAMES = {
    PERSON: ("agent", "email", "e-mail", "courriel", "adresse", "mail", "identifiant", "uid"),
    MODULE: ("module", "formation", "titre"),
    DAY: ("date", "date de formation", "date de la formation", "suivie le", "le"),
}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
)


class FileRefused(Exception):
    """The file as a whole cannot be read; the message is for the screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file as it was written; `day` is a text where the cell was none."""

    number: int
    person: str
    module: str
    day: Value


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, in words."""

    number: int
    message: str


def past_trainings_read(*, name: str, content: bytes) -> tuple[list[Line], list[Problem]]:
    """The lines of a file and what is wrong with some of them. Raises FileRefused."""
    if len(content) > MAX_BYTES:
        raise FileRefused(_("Ce fichier dépasse 2 Mo : découpez-le en plusieurs fichiers."))
    if not content.strip():
        raise FileRefused(_("Ce fichier est vide."))
    if not name.lower().endswith((".csv", ".xlsx")):
        raise FileRefused(_("Enregistrez le fichier au format CSV ou XLSX, puis renvoyez-le."))
    is_zip = content.startswith(b"PK")
    if is_zip != name.lower().endswith(".xlsx"):
        raise FileRefused(_("Le contenu de ce fichier n’est pas celui que son nom annonce."))
    return _lines(_xlsx_rows(content) if is_zip else _csv_rows(content))


def plain(text: str) -> str:
    """A text to compare: lower case, without accents, typographic signs or repeated spaces."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(letters.split())


def _lines(rows: Iterator[tuple[int, Row]]) -> tuple[list[Line], list[Problem]]:
    found: list[Line] = []
    problems: list[Problem] = []
    columns: dict[str, int] | None = None
    for number, row in rows:
        if not any(_text(value) for value in row):
            continue
        if columns is None:
            columns = _columns(row)
            continue
        if len(found) + len(problems) >= MAX_LINES:
            raise FileRefused(_("Ce fichier dépasse 5 000 lignes : découpez-le en plusieurs."))
        values = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
        problem = _cell_problem(values.values())
        if problem:
            problems.append(Problem(number, problem))
        else:
            found.append(_line(number, values))
    if columns is None or not (found or problems):
        raise FileRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    return found, problems


def _line(number: int, values: dict[str, Any]) -> Line:
    day = values[DAY]
    if isinstance(day, dt.datetime):
        day = day.date()
    return Line(
        number=number,
        person=_text(values[PERSON]),
        module=_text(values[MODULE]),
        day=day if isinstance(day, dt.date) else _text(day),
    )


def _columns(row: Row) -> dict[str, int]:
    """Where the three columns are, by their titles in the first line."""
    titles = [plain(_text(value)) for value in row[:MAX_COLUMNS]]
    found = {
        key: next((at for at, title in enumerate(titles) if title in names), None)
        for key, names in NAMES.items()
    }
    missing = [key for key, at in found.items() if at is None]
    if missing:
        raise FileRefused(
            _("La première ligne doit nommer les colonnes « agent », « module » et « date ». ")
            + _("Il manque : %(names)s.") % {"names": ", ".join(missing)}
        )
    return {key: at for key, at in found.items() if at is not None}


def _cell_problem(values: Iterable[Any]) -> str:
    for value in values:
        text = _text(value)
        if FORMULA_START.match(text):
            return _("cette ligne contient une formule : remplacez-la par sa valeur")
        if len(text) > MAX_CELL:
            return _("cette ligne contient un texte trop long")
        if any(unicodedata.category(sign) == "Cc" for sign in text):
            return _("cette ligne contient des caractères illisibles")
    return ""


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


# CSV ----------------------------------------------------------------------------------------


def _csv_rows(content: bytes) -> Iterator[tuple[int, Row]]:
    text = _decoded(content)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row[:MAX_COLUMNS]
    except csv.Error:
        raise FileRefused(
            _("La ligne %(n)d ne peut pas être lue : un guillemet y est resté ouvert.")
            % {"n": reader.line_num}
        ) from None


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise FileRefused(_("Ce fichier n’est pas un tableau CSV."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(_("Les caractères de ce fichier sont illisibles : enregistrez-le en UTF-8."))


# XLSX ---------------------------------------------------------------------------------------


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, Row]]:
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        yield from _sheet_rows(book.worksheets[0])
    except _BROKEN:
        raise FileRefused(
            _("Ce fichier XLSX ne peut pas être lu : enregistrez-le de nouveau, ou en CSV.")
        ) from None


def _check_archive(content: bytes) -> None:
    """What it says it unpacks to, which reading then never exceeds."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except _BROKEN:
        raise FileRefused(
            _("Ce fichier XLSX ne peut pas être lu : enregistrez-le de nouveau, ou en CSV.")
        ) from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise FileRefused(
            _("Ce fichier contient bien plus que le tableau attendu : enregistrez-le en CSV.")
        )


def _sheet_rows(sheet: Any) -> Iterator[tuple[int, Row]]:
    """The rows of a sheet. Empty rows cost as much as full ones: a gap of thousands ends it."""
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        if number > 2 * MAX_LINES:
            raise FileRefused(_("Ce fichier dépasse 5 000 lignes : découpez-le en plusieurs."))
        yield number, [_cell(cell) for cell in cells]


def _cell(cell: Any) -> Any:
    # A formula may come as an object; as text it starts with «=».
    return "=" if cell.data_type == "f" else cell.value
