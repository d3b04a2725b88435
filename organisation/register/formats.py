"""The two formats: told apart, and read line by line.

A line is parsed on its own and by itself: whatever it holds, the result is a record, «out of
scope», or a problem with its number and reason. Nothing here touches the database.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from organisation.enums import RegisterKind, Sector
from organisation.models.places import finess_validator

from .categories import (
    DEPARTMENT_OF_REGISTER_CODE,
    EXTRACT_CATEGORIES,
    HOSPITAL_LIST_CATEGORIES,
)
from .records import OutOfScope, Parsed, Problem, RegisterError, SiteRecord

SITES_CSV_HEADER = (
    "finess_et",
    "name",
    "category_code",
    "category_label",
    "sector",
    "postcode",
    "city",
    "department_code",
    "region_code",
    "latitude",
    "longitude",
)
SITES_CSV_STATE = dt.date(2020, 3, 6)
"""The list carries no date; this is the state its README gives."""

EXTRACT_COLUMNS = 32
_ET, _EJ, _SHORT_NAME, _LONG_NAME, _DEPARTMENT, _ROUTING = 1, 2, 3, 4, 13, 15
_CATEGORY, _CATEGORY_LABEL, _FUNDING_LABEL, _STATUS_LABEL = 18, 19, 25, 27
_OTHER_SECTIONS = ("geolocalisation",)  # a variant of the extract appends coordinates

COVERED_CATEGORIES = {
    RegisterKind.SITES_CSV: HOSPITAL_LIST_CATEGORIES,
    RegisterKind.DAILY_EXTRACT: EXTRACT_CATEGORIES,
}
"""What each format would list if it were open; only that may be closed when it is missing."""

_finess = re.compile(finess_validator.regex)
_routing = re.compile(r"(\d{5})\s+(.*)", re.ASCII)
_cedex = re.compile(r"\s+CEDEX(\s+\d+)?$", re.IGNORECASE)
_control = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# «D’IMAGERIE» reaches us with the byte of Windows-1252 taken for a control character.
_mistaken = str.maketrans(
    {code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))}
)


class _LineError(Exception):
    """The reason why a line is refused."""


def kind_of(first_line: str) -> RegisterKind:
    """Which format a file is, from its first line. Raises RegisterError if neither."""
    line = first_line.strip()
    if line.startswith("finess;"):
        return RegisterKind.DAILY_EXTRACT
    if tuple(line.split(",")) == SITES_CSV_HEADER:
        return RegisterKind.SITES_CSV
    raise RegisterError(
        _("Format inconnu : la première ligne n’est ni celle de la liste ni celle de l’extraction.")
    )


def extract_date(first_line: str) -> dt.date:
    """The date in ``finess;etalab;111;2026-05-12``. Raises RegisterError if there is none."""
    for cell in reversed(first_line.strip().split(";")):
        try:
            return dt.date.fromisoformat(cell.strip())
        except ValueError:
            continue
    raise RegisterError(_("La première ligne de l’extraction ne porte pas de date."))


def parse_line(kind: RegisterKind, number: int, line: str) -> Parsed:
    """One line, without its end. Never raises."""
    cells: Sequence[str] = ()
    if not line.isascii():
        line = line.translate(_mistaken)
    try:
        if _control.search(line):
            raise _LineError(_("caractère de commande dans la ligne"))
        if kind == RegisterKind.SITES_CSV:
            cells = _csv_cells(line)
            return _site_of_csv(number, cells)
        cells = _extract_cells(line)
        return _site_of_extract(number, cells)
    except _LineError as refusal:
        return Problem(number, str(refusal), _readable_finess(kind, cells or line.split(";")))


def _readable_finess(kind: RegisterKind, cells: Sequence[str]) -> str | None:
    column = 0 if kind == RegisterKind.SITES_CSV else _ET
    candidate = cells[column].strip() if len(cells) > column else ""
    return candidate if _finess.fullmatch(candidate) else None


def _csv_cells(line: str) -> list[str]:
    cells = _split(line, ",")
    if cells is None or len(cells) != len(SITES_CSV_HEADER):
        raise _LineError(_column_count(len(cells or ()), len(SITES_CSV_HEADER)))
    return cells


def _extract_cells(line: str) -> list[str]:
    """Split an extract line. The register doubles quotes, whether it wraps the cell or not."""
    cells = _split(line, ";") if '"' in line else line.split(";")
    if cells is None or len(cells) != EXTRACT_COLUMNS:
        cells = [cell.replace('""', '"') for cell in line.split(";")]
    if cells[0] in _OTHER_SECTIONS:
        return cells
    if len(cells) != EXTRACT_COLUMNS:
        raise _LineError(_column_count(len(cells), EXTRACT_COLUMNS))
    return [cell.replace('""', '"') for cell in cells] if '"' in line else cells


def _split(line: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None


def _column_count(found: int, expected: int) -> str:
    return _("%(found)d colonnes au lieu de %(expected)d") % {"found": found, "expected": expected}


def _site_of_csv(number: int, cells: Sequence[str]) -> Parsed:
    row = dict(zip(SITES_CSV_HEADER, (cell.strip() for cell in cells), strict=True))
    finess_et = _finess_of(row["finess_et"], _("numéro FINESS du site"))
    if row["category_code"] not in HOSPITAL_LIST_CATEGORIES:
        return OutOfScope(number)
    if row["sector"] not in Sector.values:
        raise _LineError(_("secteur inconnu"))
    return SiteRecord(
        line=number,
        finess_et=finess_et,
        finess_ej=None,
        name=_name_of(row["name"]),
        category_code=row["category_code"],
        category_label=row["category_label"][:120],
        sector=row["sector"] or None,
        postcode=row["postcode"][:5],
        city=row["city"][:120],
        department_code=_department_of(row["department_code"]),
        latitude=_coordinate(row["latitude"], 90),
        longitude=_coordinate(row["longitude"], 180),
    )


def _site_of_extract(number: int, cells: Sequence[str]) -> Parsed:
    if cells[0] in _OTHER_SECTIONS:
        return OutOfScope(number)
    if cells[0] != "structureet":
        raise _LineError(_("la ligne ne commence pas par « structureet »"))
    if cells[_CATEGORY].strip() not in EXTRACT_CATEGORIES:
        return OutOfScope(number)
    cells = [cell.strip() for cell in cells]
    postcode, city = _postcode_and_city(cells[_ROUTING])
    return SiteRecord(
        line=number,
        finess_et=_finess_of(cells[_ET], _("numéro FINESS du site")),
        finess_ej=_legal_entity_of(cells[_EJ]),
        name=_name_of(cells[_LONG_NAME] or cells[_SHORT_NAME]),
        category_code=cells[_CATEGORY],
        category_label=cells[_CATEGORY_LABEL][:120],
        sector=_sector_of(cells[_STATUS_LABEL]) or _sector_of(cells[_FUNDING_LABEL]),
        postcode=postcode,
        city=city,
        department_code=_department_of(cells[_DEPARTMENT]),
    )


def _finess_of(cell: str, what: str) -> str:
    if not _finess.fullmatch(cell):
        raise _LineError(_("%(what)s illisible") % {"what": what})
    return cell


def _legal_entity_of(cell: str) -> str | None:
    return _finess_of(cell, _("numéro FINESS juridique")) if cell else None


def _name_of(cell: str) -> str:
    name = " ".join(cell.split())
    if not name:
        raise _LineError(_("nom vide"))
    if len(name) > 255:
        raise _LineError(_("nom de plus de 255 caractères"))
    return name


def _department_of(cell: str) -> str:
    code = DEPARTMENT_OF_REGISTER_CODE.get(cell, cell)
    if not re.fullmatch(r"[0-9][0-9AB][0-9]?", code):
        raise _LineError(_("département illisible"))
    return code


def _coordinate(cell: str, limit: int) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:  # also true of what is no number
        raise _LineError(_("coordonnée illisible"))
    return value


def _postcode_and_city(routing: str) -> tuple[str, str]:
    """«01012 BOURG EN BRESSE CEDEX» → «01012», «BOURG EN BRESSE»."""
    match = _routing.fullmatch(routing)
    postcode, city = match.groups() if match else ("", routing)
    return postcode, _cedex.sub("", city)[:120]


def _sector_of(label: str) -> str | None:
    """From a label such as «Etablissement public de santé». Private first: many private ones
    «participate in the public service»."""
    folded = label.casefold()
    if "priv" in folded:
        return Sector.PRIVATE
    return Sector.PUBLIC if "public" in folded else None
