"""Which column of a file is what."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.folding import fold
from documents.tables import Table, TableRefused, text_of
from organisation.models import Establishment, RosterLayout

from .days import DayOrder, guess_order

HEADER_WITHIN = 25  # lines: what stands above the titles is a name, a date, a logo
SHOWN_LINES = 5
PEEKED_LINES = 200


class Field(models.TextChoices):
    """What a staff list says of an appointment."""

    LAST_NAME = "last_name", gettext_lazy("Nom")
    FIRST_NAME = "first_name", gettext_lazy("Prénom")
    EMAIL = "email", gettext_lazy("Adresse électronique professionnelle")
    HR_NUMBER = "hr_number", gettext_lazy("Matricule")
    NATIONAL_ID = "national_id", gettext_lazy("RPPS ou ADELI")
    ROLE = "role", gettext_lazy("Métier")
    DEPARTMENT = "department", gettext_lazy("Service")
    SITE = "site", gettext_lazy("Site")
    STARTS_ON = "starts_on", gettext_lazy("Date d’entrée")
    ENDS_ON = "ends_on", gettext_lazy("Dernier jour de travail")


REQUIRED = (Field.LAST_NAME, Field.FIRST_NAME, Field.ROLE)
IDENTIFYING = (Field.NATIONAL_ID, Field.HR_NUMBER, Field.EMAIL)
DAYS = (Field.STARTS_ON, Field.ENDS_ON)

# Titles seen in exports of HR software, folded; the likeliest first.
TITLES: dict[Field, tuple[str, ...]] = {
    Field.LAST_NAME: (
        *("nom", "nom usuel", "nom d usage", "nom usage", "nom agent", "nom de l agent"),
        *("nom de famille", "nom patronymique", "nom de naissance", "last name", "lastname"),
    ),
    Field.FIRST_NAME: (
        *("prenom", "prenom usuel", "prenoms", "prenom agent", "prenom de l agent"),
        *("prenom d usage", "first name", "firstname"),
    ),
    Field.EMAIL: (
        *("e mail", "email", "mail", "courriel", "adresse mail", "adresse e mail"),
        *("adresse email", "email professionnel", "e mail professionnel", "mail professionnel"),
        *("mail pro", "email pro", "adresse electronique", "adresse professionnelle"),
        *("courriel professionnel", "messagerie", "adresse mail professionnelle"),
    ),
    Field.HR_NUMBER: (
        *("matricule", "matricule agent", "n matricule", "no matricule", "num matricule"),
        *("numero matricule", "numero agent", "n agent", "id agent", "code agent", "mat"),
        *("numero de matricule", "matricule rh", "identifiant agent", "identifiant rh"),
    ),
    Field.NATIONAL_ID: (
        *("rpps", "n rpps", "numero rpps", "no rpps", "rpps adeli", "n rpps adeli", "adeli"),
        *("rpps ou adeli", "n adeli", "numero adeli", "identifiant national", "idnps"),
        *("identifiant national ps", "numero rpps adeli", "numero rpps ou adeli"),
    ),
    Field.ROLE: (
        *("metier", "fonction", "emploi", "grade", "libelle metier", "libelle emploi"),
        *("libelle grade", "libelle fonction", "profession", "poste", "libelle du poste"),
        *("qualification", "intitule du poste", "metier exerce", "role"),
    ),
    Field.DEPARTMENT: (
        *("service", "libelle service", "unite fonctionnelle", "uf", "libelle uf"),
        *("affectation", "libelle affectation", "service d affectation", "unite", "libelle unite"),
        *("departement", "uf d affectation", "unite d affectation", "pole", "lib uf"),
    ),
    Field.SITE: (
        *("site", "libelle site", "site geographique", "finess", "finess et", "n finess"),
        *("finess geographique", "lieu", "lieu de travail", "site d affectation", "etablissement"),
    ),
    Field.STARTS_ON: (
        *("date d entree", "date entree", "entree", "date de debut", "date debut", "debut"),
        *("date d embauche", "date embauche", "date debut contrat", "date de debut de contrat"),
        *("date d arrivee", "date debut affectation", "date d affectation", "depuis le"),
    ),
    Field.ENDS_ON: (
        *("date de sortie", "date sortie", "sortie", "date de fin", "date fin", "fin"),
        *("date fin contrat", "date de fin de contrat", "date de depart", "date depart"),
        *("fin de contrat", "dernier jour", "dernier jour de travail", "date fin affectation"),
    ),
}
_FIELD_OF = {title: field for field, titles in TITLES.items() for title in titles}


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where a file has what: `columns` are {field: index}; the titles are in line `header`."""

    header: int
    titles: tuple[str, ...]
    columns: dict[Field, int]
    day_order: DayOrder
    encoding: str
    delimiter: str
    samples: tuple[tuple[str, ...], ...]

    def as_json(self) -> dict[str, Any]:
        return {
            **dataclasses.asdict(self),
            "columns": {field.value: at for field, at in self.columns.items()},
        }

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Layout:
        return cls(
            header=data["header"],
            titles=tuple(data["titles"]),
            columns={Field(field): at for field, at in data["columns"].items()},
            day_order=DayOrder(data["day_order"]),
            encoding=data["encoding"],
            delimiter=data["delimiter"],
            samples=tuple(tuple(row) for row in data["samples"]),
        )


def layout_proposed(table: Table, *, establishment: Establishment) -> Layout:
    """What the file seems to be, from its first lines and what was said of the last one.

    Raises TableRefused if there is no table in it.
    """
    rows = [
        (number, [text_of(cell) for cell in row], row)
        for number, row in islice(table.rows(), PEEKED_LINES)
        if any(text_of(cell) for cell in row)
    ]
    if len(rows) < 2:
        raise TableRefused(_("Ce fichier n’a pas de ligne à importer sous ses titres."))
    at = _header(rows)
    header, titles, _raw = rows[at]
    kept = RosterLayout.objects.filter(establishment=establishment).first()
    columns = _columns(titles, kept.columns if kept else {})
    below = rows[at + 1 :]
    return Layout(
        header=header,
        titles=tuple(titles),
        columns=columns,
        day_order=_day_order(below, columns, kept),
        encoding=table.encoding,
        delimiter=table.delimiter,
        samples=tuple(tuple(texts) for _number, texts, _raw in below[:SHOWN_LINES]),
    )


def layout_problems(columns: Mapping[Field, int]) -> list[str]:
    """Why these columns are not enough, in words."""
    missing = [str(field.label) for field in REQUIRED if field not in columns]
    found = []
    if missing:
        found.append(_("Il manque : %(names)s.") % {"names": ", ".join(missing)})
    if not set(IDENTIFYING) & set(columns):
        found.append(
            _(
                "Il faut au moins une colonne qui identifie l’agent : RPPS ou ADELI, matricule, "
                "ou adresse électronique. Un nom ne suffit pas."
            )
        )
    if len(set(columns.values())) < len(columns):
        found.append(_("Une même colonne ne peut pas servir deux fois."))
    return found


def layout_remember(*, establishment: Establishment, layout: Layout) -> None:
    """Next time, columns with these titles are proposed first."""
    RosterLayout.objects.update_or_create(
        establishment=establishment,
        defaults={
            "columns": {
                field.value: fold(layout.titles[at]) for field, at in layout.columns.items()
            },
            "day_order": layout.day_order,
        },
    )


def _header(rows: Sequence[tuple[int, list[str], Any]]) -> int:
    """The line with most titles that we know; without any, the first with several cells."""
    head = rows[:HEADER_WITHIN]
    known = [len({_FIELD_OF.get(fold(text)) for text in texts} - {None}) for _n, texts, _r in head]
    if max(known) >= 2:
        return known.index(max(known))
    several = (at for at, (_n, texts, _r) in enumerate(head) if sum(map(bool, texts)) >= 3)
    return next(several, 0)


def _columns(titles: Sequence[str], kept: Mapping[str, str]) -> dict[Field, int]:
    """Each field's column: as last time, else the title that is likeliest for it."""
    folded = [fold(title) for title in titles]
    found: dict[Field, int] = {}
    for field in Field:
        remembered = kept.get(field.value)
        names = ([remembered] if remembered else []) + list(TITLES[field])
        for name in names:
            if name in folded and folded.index(name) not in found.values():
                found[field] = folded.index(name)
                break
    return found


def _day_order(
    rows: Sequence[tuple[int, list[str], Sequence[Any]]],
    columns: Mapping[Field, int],
    kept: RosterLayout | None,
) -> DayOrder:
    places = [columns[field] for field in DAYS if field in columns]
    values = [row[at] for _number, _texts, row in rows for at in places if at < len(row)]
    preferred = DayOrder(kept.day_order) if kept and kept.day_order else DayOrder.DAY_FIRST
    return guess_order(values, preferred)
