"""The file itself: CSV or XLSX, checked before and while it is read, then its lines.

What is wrong with the whole file refuses it; what is wrong with a line is said with its
number, and the other lines are read on, so that a file is corrected in one go.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from documents.tables import Bounds, Row, TableRefused, table_open, text_of, too_long

MAX_BYTES = 2 * 1024 * 1024
MAX_LINES = 5000
BOUNDS = Bounds(size=MAX_BYTES, unpacked=20 * 1024 * 1024, lines=MAX_LINES, columns=30)
MAX_CELL = 300  # characters
FORMULA_START = re.compile(r"^[\s\x00]*[=+\-@|%＝＋－＠]")

Value: TypeAlias = str | dt.date

# What the three columns may be called, in lower case and without accents.
PERSON, MODULE, DAY = "agent", "module", "date"
NAMES = {
    PERSON: ("agent", "email", "e-mail", "courriel", "adresse", "mail", "identifiant", "uid"),
    MODULE: ("module", "formation", "titre"),
    DAY: ("date", "date de formation", "date de la formation", "suivie le", "le"),
}


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
    """The lines of a file and what is wrong with some of them. Raises TableRefused."""
    table = table_open(name=name, content=io.BytesIO(content), bounds=BOUNDS)
    return _lines(table.rows())


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
        if not any(text_of(value) for value in row):
            continue
        if columns is None:
            columns = _columns(row)
            continue
        if len(found) + len(problems) >= MAX_LINES:
            raise too_long(BOUNDS)
        values = {key: row[at] if at < len(row) else "" for key, at in columns.items()}
        problem = _cell_problem(values.values())
        if problem:
            problems.append(Problem(number, problem))
        else:
            found.append(_line(number, values))
    if columns is None or not (found or problems):
        raise TableRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    return found, problems


def _line(number: int, values: dict[str, Any]) -> Line:
    day = values[DAY]
    if isinstance(day, dt.datetime):
        day = day.date()
    return Line(
        number=number,
        person=text_of(values[PERSON]),
        module=text_of(values[MODULE]),
        day=day if isinstance(day, dt.date) else text_of(day),
    )


def _columns(row: Row) -> dict[str, int]:
    """Where the three columns are, by their titles in the first line."""
    titles = [plain(text_of(value)) for value in row]
    found = {
        key: next((at for at, title in enumerate(titles) if title in names), None)
        for key, names in NAMES.items()
    }
    missing = [key for key, at in found.items() if at is None]
    if missing:
        raise TableRefused(
            _("La première ligne doit nommer les colonnes « agent », « module » et « date ». ")
            + _("Il manque : %(names)s.") % {"names": ", ".join(missing)}
        )
    return {key: at for key, at in found.items() if at is not None}


def _cell_problem(values: Iterable[Any]) -> str:
    for value in values:
        text = text_of(value)
        if FORMULA_START.match(text):
            return _("cette ligne contient une formule : remplacez-la par sa valeur")
        if len(text) > MAX_CELL:
            return _("cette ligne contient un texte trop long")
        if any(unicodedata.category(sign) == "Cc" for sign in text):
            return _("cette ligne contient des caractères illisibles")
    return ""
