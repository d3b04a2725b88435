"""Which columns a file of headcounts has."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.folding import fold
from documents.tables import Table
from organisation.sheets.layouts import Layout, layout_guessed


class CountField(models.TextChoices):
    """What a line says."""

    ESTABLISHMENT = "establishment", gettext_lazy("Numéro FINESS de l’établissement")
    ROLE = "role", gettext_lazy("Métier")
    PEOPLE = "people", gettext_lazy("Nombre de personnes")
    AS_OF = "as_of", gettext_lazy("Date")


TITLES: dict[CountField, tuple[str, ...]] = {
    CountField.ESTABLISHMENT: (
        *("finess", "n finess", "finess ej", "numero finess", "finess juridique", "finess et"),
        *("numero finess de l etablissement", "finess etablissement", "code finess"),
        *("finess geographique", "etablissement"),
    ),
    CountField.ROLE: (
        *("metier", "fonction", "emploi", "grade", "libelle metier", "libelle emploi"),
        *("libelle grade", "libelle fonction", "profession", "poste", "qualification", "role"),
        *("corps", "categorie", "libelle"),
    ),
    CountField.PEOPLE: (
        *("nombre de personnes", "effectif", "effectifs", "personnes physiques", "nombre"),
        *("effectif physique", "effectifs physiques", "nb agents", "nombre d agents", "agents"),
        *("nombre de personnes physiques", "effectif reel", "pp", "tetes", "total", "personnes"),
    ),
    CountField.AS_OF: (
        *("date", "au", "date d effet", "situation au", "etat au", "date de reference"),
        *("date d observation", "date effectif", "date de declaration"),
    ),
}
_FTE_WORDS = frozenset({"etp", "etpr", "etpt", "eqtp"})


def counts_layout_proposed(table: Table, *, is_for_several: bool) -> Layout:
    """What the file seems to be. Raises TableRefused if there is no table in it."""
    titles = {
        field: [name for name in names if not is_fte_title(name)]
        for field, names in TITLES.items()
        if is_for_several or field != CountField.ESTABLISHMENT
    }
    return layout_guessed(table, titles=titles, days=[CountField.AS_OF], kept={}, kept_order="")


def counts_layout_problems(
    layout: Layout, columns: Mapping[str, int], *, is_for_several: bool
) -> list[str]:
    """Why these columns are not enough, or the wrong ones, in words."""
    required = [CountField.ROLE, CountField.PEOPLE]
    if is_for_several:
        required.insert(0, CountField.ESTABLISHMENT)
    missing = [str(field.label) for field in required if field not in columns]
    found = []
    if missing:
        found.append(_("Il manque : %(names)s.") % {"names": ", ".join(missing)})
    if len(set(columns.values())) < len(columns):
        found.append(_("Une même colonne ne peut pas servir deux fois."))
    at = columns.get(CountField.PEOPLE)
    if at is not None and is_fte_title(layout.titles[at]):
        found.append(
            _(
                "La colonne « %(title)s » compte des équivalents temps plein : choisissez celle "
                "des personnes physiques."
            )
            % {"title": layout.titles[at]}
        )
    return found


def is_fte_title(title: str) -> bool:
    """Whether a column says itself that it counts full-time equivalents."""
    words = fold(title).split()
    return bool(_FTE_WORDS & set(words)) or "temps plein" in " ".join(words)
