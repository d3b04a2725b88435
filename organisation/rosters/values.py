"""A line of cells as values that can be compared, or the reason why it is refused."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from documents.tables import FORMULA, text_of
from organisation.identifiers import national_identifier
from organisation.sheets.days import FOREVER, day_of
from organisation.sheets.layouts import Layout

from .columns import IDENTIFYING, Field

LONGEST = {
    Field.LAST_NAME: 80,
    Field.FIRST_NAME: 80,
    Field.EMAIL: 254,
    Field.HR_NUMBER: 40,
    Field.NATIONAL_ID: 40,
    Field.ROLE: 160,
    Field.DEPARTMENT: 160,
    Field.SITE: 160,
    Field.STARTS_ON: 40,
    Field.ENDS_ON: 40,
}
EARLIEST = 1940  # the year: nobody who works now began before
AHEAD = dt.timedelta(days=2 * 366)  # further away than anybody is hired
_SPACES = re.compile(r"\s+")

Values = dict[str, str]


class LineRefused(Exception):
    """Why a line cannot be taken, in words."""


def values_of(row: Sequence[Any], layout: Layout, *, as_of: dt.date) -> Values:
    """What a line says, by the names of the fields that the file has; «» for an empty cell.

    National identifiers are under `rpps` or `adeli`, days in ISO form; `ends_on` is the first day
    after the last one worked. Raises LineRefused.
    """
    columns = {field: layout.columns[field] for field in Field if field in layout.columns}
    cells = {field: row[at] if at < len(row) else None for field, at in columns.items()}
    texts = {field: _text(field, cell) for field, cell in cells.items()}
    values: Values = {field.value: text for field, text in texts.items()}
    values.pop(Field.NATIONAL_ID, None)
    _check_names(texts)
    values |= _identifiers(texts)
    values |= _days(cells, layout, as_of)
    if not texts.get(Field.ROLE):
        raise LineRefused(_("le métier est vide"))
    return values


def identifiers_readable(row: Sequence[Any], layout: Layout) -> Values:
    """What still says who is meant on a line that is refused: so she does not count as gone."""
    found: Values = {}
    for field in IDENTIFYING:
        at = layout.columns.get(field)
        if at is None or at >= len(row):
            continue
        try:
            found |= _identifiers({field: _text(field, row[at])}, needs_one=False)
        except LineRefused:
            continue
    return found


def _text(field: Field, cell: Any) -> str:
    text = _SPACES.sub(" ", text_of(cell))
    if cell == FORMULA:
        raise LineRefused(
            _("la colonne « %(field)s » contient une formule : remplacez-la par sa valeur")
            % {"field": field.label}
        )
    if len(text) > LONGEST[field]:
        raise LineRefused(_("la colonne « %(field)s » est trop longue") % {"field": field.label})
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") or sign == "\ufffd" for sign in text):
        raise LineRefused(
            _("la colonne « %(field)s » contient des caractères illisibles")
            % {"field": field.label}
        )
    return text


def _check_names(texts: dict[Field, str]) -> None:
    if not texts.get(Field.LAST_NAME):
        raise LineRefused(_("le nom est vide"))
    if not texts.get(Field.FIRST_NAME):
        raise LineRefused(_("le prénom est vide"))


def _identifiers(texts: dict[Field, str], *, needs_one: bool = True) -> Values:
    found: Values = {}
    if email := texts.get(Field.EMAIL, "").lower():
        try:
            validate_email(email)
        except ValidationError:
            raise LineRefused(
                _("« %(value)s » n’est pas une adresse électronique") % {"value": email[:60]}
            ) from None
        found["email"] = email
    if number := texts.get(Field.HR_NUMBER, ""):
        found["hr_number"] = hr_number(number)
    if national := texts.get(Field.NATIONAL_ID, ""):
        try:
            kind, value = national_identifier(national)
        except ValueError:
            raise LineRefused(
                _("« %(value)s » n’est ni un RPPS ni un ADELI : vérifiez les chiffres")
                % {"value": national}
            ) from None
        found[kind.value] = value
    if not found and needs_one:
        raise LineRefused(
            _("rien n’identifie cet agent : indiquez un matricule, un RPPS ou une adresse")
        )
    return found


def hr_number(text: str) -> str:
    """An HR number as it is compared: spreadsheets drop leading zeros, so they do not count."""
    value = text.replace(" ", "").upper()
    return value.lstrip("0") or "0" if value.isascii() and value.isdigit() else value


def _days(cells: dict[Field, Any], layout: Layout, as_of: dt.date) -> Values:
    start = _day(Field.STARTS_ON, cells, layout, as_of)
    end = _day(Field.ENDS_ON, cells, layout, as_of)
    if end is not None and end.year >= FOREVER:
        end = None
    if start is not None and start.year < EARLIEST:
        raise LineRefused(_("la date d’entrée du %(day)s est trop ancienne") % _told(start))
    if start is not None and start > as_of + AHEAD:
        raise LineRefused(_("la date d’entrée du %(day)s est trop lointaine") % _told(start))
    if start is not None and end is not None and end < start:
        raise LineRefused(_("le dernier jour du %(day)s précède l’entrée") % _told(end))
    found: Values = {}
    if Field.STARTS_ON in cells:
        found["starts_on"] = start.isoformat() if start else ""
    if Field.ENDS_ON in cells:
        found["ends_on"] = (end + dt.timedelta(days=1)).isoformat() if end else ""
    return found


def _day(field: Field, cells: dict[Field, Any], layout: Layout, as_of: dt.date) -> dt.date | None:
    cell = cells.get(field)
    try:
        return day_of(cell, layout.day_order, today=as_of)
    except ValueError:
        raise LineRefused(
            _("« %(value)s » n’est pas une date : écrivez par exemple 31/12/2026")
            % {"value": text_of(cell)[:40]}
        ) from None


def _told(day: dt.date) -> dict[str, str]:
    return {"day": f"{day:%d/%m/%Y}"}
