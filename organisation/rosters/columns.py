"""Which columns a staff list has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.tables import Table
from organisation.models import Establishment, RosterLayout
from organisation.sheets.layouts import Layout, layout_guessed, titles_chosen


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


def layout_proposed(table: Table, *, establishment: Establishment) -> Layout:
    """What the file seems to be, from its first lines and what was said of the last one.

    Raises TableRefused if there is no table in it.
    """
    kept = RosterLayout.objects.filter(establishment=establishment).first()
    return layout_guessed(
        table,
        titles=TITLES,
        days=DAYS,
        kept=kept.columns if kept else {},
        kept_order=kept.day_order if kept else "",
    )


def layout_problems(columns: Mapping[Any, int]) -> list[str]:
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
        defaults={"columns": titles_chosen(layout), "day_order": layout.day_order},
    )
