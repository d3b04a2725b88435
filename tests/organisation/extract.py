"""Writes files in the register's own daily format, for tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

REAL_LINE = (
    "structureet;010000024;010780054;CH DE FLEYRIAT;"
    "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT;;;900;RTE;DE PARIS;;;451;01;AIN;01440 VIRIAT;"
    "0474454647;0474454114;355;Centre Hospitalier (C.H.);1102;Centres Hospitaliers;26010004500012;"
    "8610Z;03;ARS établissements Publics de santé dotation globale;1;"
    "Etablissement public de santé;1979-02-13;1979-02-13;2020-02-04;"
)


def extract_line(
    et: str,
    ej: str,
    name: str,
    *,
    category: str = "355",
    department: str = "35",
    routing: str = "35000 RENNES",
    status: str = "Etablissement public de santé",
) -> str:
    """One line of 32 columns; `et` and `ej` are FINESS numbers."""
    cells = [""] * 32
    cells[0], cells[1], cells[2], cells[3], cells[4] = "structureet", et, ej, name[:38], name
    cells[13], cells[14], cells[15] = department, "DEPARTEMENT", routing
    cells[18], cells[19], cells[27] = category, f"Catégorie {category}", status
    return ";".join(cells)


def write_extract(
    path: Path,
    lines: list[str | bytes],
    *,
    date: dt.date = dt.date(2026, 5, 12),
    encoding: str = "utf-8",
) -> Path:
    """A whole file, its first line included. Lines given as bytes go in as they are."""
    content = [f"finess;etalab;111;{date.isoformat()}", *lines]
    encoded = [line if isinstance(line, bytes) else line.encode(encoding) for line in content]
    path.write_bytes(b"\n".join(encoded) + b"\n")
    return path
