"""The lines of a file of headcounts."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from typing import IO, Any

from django.utils.translation import gettext as _

from documents.tables import FORMULA, Bounds, Table, TableRefused, table_open, text_of, too_long
from organisation.sheets.days import day_of
from organisation.sheets.layouts import Layout
from organisation.sheets.roles import word_fold
from organisation.sheets.spans import RowSpans

from .columns import CountField
from .numbers import FullTimeEquivalent, NotPeople, people_of

MEGABYTE = 1024 * 1024
BOUNDS = Bounds(size=5 * MEGABYTE, unpacked=40 * MEGABYTE, lines=20_000, columns=60)
"""Three thousand hospitals declare some six roles each in it, or three hundred all of theirs."""

EARLIEST = dt.date(2000, 1, 1)
_FINESS = re.compile(r"^(?:\d{9}|2[AB]\d{7})$")


@dataclasses.dataclass(frozen=True, slots=True)
class CountLine:
    """A line as it was read; with a `problem`, the rest may be empty. `finess` is empty in a file
    for one establishment; `source` is the word for the role, folded."""

    number: int
    finess: str = ""
    label: str = ""
    source: str = ""
    people: int = 0
    as_of: dt.date = EARLIEST
    problem: str = ""
    is_fte: bool = False


def counts_table(name: str, content: IO[bytes]) -> Table:
    """The file, open and within bounds. Raises TableRefused."""
    return table_open(name=name, content=content, bounds=BOUNDS)


def counts_read(table: Table, layout: Layout, *, as_of: dt.date, today: dt.date) -> list[CountLine]:
    """Every line below the titles that is not empty. Raises TableRefused."""
    merged = RowSpans(table.merged_rows())
    lines: list[CountLine] = []
    for number, row in table.rows():
        if number <= layout.header or not any(text_of(cell) for cell in row):
            continue
        if len(lines) >= BOUNDS.lines:
            raise too_long(BOUNDS)
        lines.append(_line(number, row, layout, as_of, today, is_merged=number in merged))
    if not lines:
        raise TableRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    return lines


def day_refusal(day: dt.date, *, today: dt.date) -> str:
    """Why nothing is declared at this day; «» if it may be."""
    if day > today:
        return _("la date du %(day)s est à venir") % {"day": f"{day:%d/%m/%Y}"}
    if day < EARLIEST:
        return _("la date du %(day)s est trop ancienne") % {"day": f"{day:%d/%m/%Y}"}
    return ""


def _line(
    number: int,
    row: Sequence[Any],
    layout: Layout,
    as_of: dt.date,
    today: dt.date,
    *,
    is_merged: bool,
) -> CountLine:
    cells = {field: row[at] if at < len(row) else None for field, at in layout.columns.items()}
    label = text_of(cells.get(CountField.ROLE))
    try:
        if is_merged:
            raise NotPeople(_("des cellules fusionnées couvrent cette ligne : défusionnez-les"))
        return CountLine(
            number=number,
            finess=_finess(cells[CountField.ESTABLISHMENT])
            if CountField.ESTABLISHMENT in cells
            else "",
            label=_label(label),
            source=word_fold(label),
            people=people_of(cells.get(CountField.PEOPLE)),
            as_of=_day(cells.get(CountField.AS_OF), layout, as_of, today),
        )
    except NotPeople as refusal:
        is_fte = isinstance(refusal, FullTimeEquivalent)
        return CountLine(number, label=label[:160], problem=str(refusal), is_fte=is_fte)


def _label(label: str) -> str:
    if label == FORMULA:
        raise NotPeople(_("le métier est une formule : remplacez-la par sa valeur"))
    if not word_fold(label):
        raise NotPeople(_("le métier est vide"))
    if len(label) > 160:
        raise NotPeople(_("le métier est trop long"))
    return label


def _finess(cell: Any) -> str:
    """Nine signs; a spreadsheet drops the zeros in front."""
    text = re.sub(r"\s", "", text_of(cell)).upper()
    if not text:
        raise NotPeople(_("le numéro FINESS est vide"))
    padded = text.zfill(9)
    if not _FINESS.match(padded):
        raise NotPeople(_("« %(value)s » n’est pas un numéro FINESS") % {"value": text[:40]})
    return padded


def _day(cell: Any, layout: Layout, as_of: dt.date, today: dt.date) -> dt.date:
    """The line's own day, else the file's."""
    try:
        day = day_of(cell, layout.day_order, today=today) or as_of
    except ValueError:
        raise NotPeople(
            _("« %(value)s » n’est pas une date : écrivez par exemple 31/12/2026")
            % {"value": text_of(cell)[:40]}
        ) from None
    if refusal := day_refusal(day, today=today):
        raise NotPeople(refusal)
    return day
