"""Staff lists as HR software writes them: one drawn staff, in five shapes of file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl

DAY = dt.date(2026, 11, 1)
ROLES = ("Infirmier", "Aide-soignante", "ASH", "Médecin", "Cadre de santé", "Brancardier")
DEPARTMENTS = ("Cardiologie", "Urgences", "Réanimation", "Pédiatrie", "Pharmacie à usage intérieur")
LAST = ("Martin", "Lefèvre", "N’Guyen", "D’Hôte", "Durand-Pœuf", "Garcia", "Petit", "Moreau")
FIRST = ("Zoé", "Anaïs", "Jean-Noël", "Camille", "Inès", "Loïc", "Marie", "Paul")


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody of a staff list; `rpps` is empty for who has none."""

    number: int
    last_name: str
    first_name: str
    role: str
    department: str
    starts_on: dt.date
    rpps: str = ""
    ends_on: dt.date | None = None
    has_email: bool = True

    @property
    def hr_number(self) -> str:
        return f"{self.number:06d}"

    @property
    def email(self) -> str:
        return f"agent{self.number}@ch-essai.test" if self.has_email else ""


def rpps_of(number: int) -> str:
    """A valid RPPS number."""
    body = f"1{number:09d}"
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return f"{body}{-total % 10}"


def staff_drawn(size: int, seed: int = 1) -> list[Agent]:
    rng = random.Random(seed)
    return [
        Agent(
            number=number,
            last_name=f"{rng.choice(LAST)}",
            first_name=f"{rng.choice(FIRST)}",
            role=rng.choice(ROLES),
            department=rng.choice(DEPARTMENTS),
            starts_on=DAY - dt.timedelta(days=rng.randint(1, 9000)),
            rpps=rpps_of(number) if rng.random() < 0.3 else "",
            ends_on=DAY + dt.timedelta(days=90) if rng.random() < 0.1 else None,
            has_email=rng.random() < 0.8,
        )
        for number in range(1, size + 1)
    ]


def _french(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _csv(
    rows: Sequence[Sequence[Any]], *, delimiter: str, encoding: str, title: Sequence[str] = ()
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    for line in title:
        writer.writerow([line])
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def semicolons(staff: Sequence[Agent]) -> bytes:
    """What French Excel saves as «CSV (séparateur : point-virgule)»."""
    head = ("Matricule", "Nom", "Prénom", "E-mail", "RPPS", "Métier", "Service", "Entrée", "Sortie")
    rows = [
        (
            *(a.hr_number, a.last_name, a.first_name, a.email, a.rpps, a.role, a.department),
            *(_french(a.starts_on), _french(a.ends_on)),
        )
        for a in staff
    ]
    return _csv([head, *rows], delimiter=";", encoding="cp1252")


def titled_utf8(staff: Sequence[Agent]) -> bytes:
    """An export with lines of title above the table, commas, ISO days, columns in another order."""
    head = ("Libellé grade", "Libellé UF", "Nom usuel", "Prénom usuel", "N° matricule")
    head += ("Courriel professionnel", "N° RPPS", "Date d’entrée", "Date de fin de contrat")
    rows = [
        (
            *(a.role.upper(), a.department, a.last_name.upper(), a.first_name, a.hr_number),
            *(a.email, a.rpps and f"8{a.rpps}", a.starts_on.isoformat()),
            a.ends_on.isoformat() if a.ends_on else "31/12/9999",
        )
        for a in staff
    ]
    title = ("Centre hospitalier d’essai", "Extraction du 01/11/2026", "")
    return _csv([head, *rows], delimiter=",", encoding="utf-8-sig", title=title)


def tabs_utf16(staff: Sequence[Agent]) -> bytes:
    """What Excel saves as «Texte Unicode», days in short."""
    head = ("MATRICULE", "NOM", "PRENOM", "MAIL", "RPPS", "EMPLOI", "SERVICE", "DEBUT", "FIN")
    rows = [
        (
            *(a.number, a.last_name, a.first_name, a.email.upper(), a.rpps, a.role),
            *(a.department, f"{a.starts_on:%d.%m.%y}"),
            f"{a.ends_on:%d.%m.%y}" if a.ends_on else "",
        )
        for a in staff
    ]
    return _csv([head, *rows], delimiter="\t", encoding="utf-16")


def excel(staff: Sequence[Agent]) -> bytes:
    """XLSX with true dates and numbers, under a merged title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "Liste du personnel"
    sheet.merge_cells("A1:I1")
    sheet.append([])
    head = ("Matricule", "Nom de famille", "Prénom", "Adresse mail", "RPPS / ADELI", "Fonction")
    sheet.append([*head, "Affectation", "Date début", "Date fin"])
    for a in staff:
        rpps = int(a.rpps) if a.rpps else None
        row = (a.number, a.last_name, a.first_name, a.email or None, rpps, a.role, a.department)
        sheet.append([*row, a.starts_on, a.ends_on])
    return _saved(book)


def serials(staff: Sequence[Agent]) -> bytes:
    """XLSX whose days have lost their format, with columns that nobody needs."""
    book = openpyxl.Workbook()
    sheet = book.active
    head = ("N°", "Pôle A", "Nom", "Prénom", "Matricule", "Email", "Numéro RPPS", "Métier")
    sheet.append([*head, "Service", "Date d'embauche", "Date de sortie"])
    epoch = dt.date(1899, 12, 30)
    for at, a in enumerate(staff):
        row = (at, "x", a.last_name, a.first_name, a.hr_number, a.email, a.rpps or None, a.role)
        end = (a.ends_on - epoch).days if a.ends_on else None
        sheet.append([*row, a.department, (a.starts_on - epoch).days, end])
    return _saved(book)


def _saved(book: Any) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


Shape = Callable[[Sequence[Agent]], bytes]
SHAPES: dict[str, tuple[str, Shape]] = {
    "semicolons": ("liste.csv", semicolons),
    "titled_utf8": ("export.csv", titled_utf8),
    "tabs_utf16": ("agents.txt", tabs_utf16),
    "excel": ("liste.xlsx", excel),
    "serials": ("export.xlsx", serials),
}
"""Five shapes of file: name and how it is made."""
