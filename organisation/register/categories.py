"""Which FINESS categories are hospitals, and in which family each counts.

These are the eleven categories of the list of hospitals that the project carries, and 500. All
others (pharmacies, laboratories, home care, schools, disability care …) are out of scope. Beware:
several public projects take 108 for CHU; it is a deprecated code for convalescence. 362 (long-stay
care) is nearly always a part of a hospital: on its own it is no family to compare.
"""

from __future__ import annotations

from organisation.enums import EstablishmentFamily as Family

FAMILY_OF_CATEGORY: dict[str, Family] = {
    "101": Family.CHU,  # centre hospitalier régional (C.H.R.), universitaire or not
    "106": Family.LOCAL,  # centre hospitalier, ex hôpital local
    "109": Family.REHABILITATION,  # établissement de santé privé autorisé en SSR
    "122": Family.CLINIC,  # soins obstétriques, chirurgico-gynécologiques
    "128": Family.CLINIC,  # soins chirurgicaux
    "129": Family.CLINIC,  # soins médicaux
    "131": Family.CANCER,  # centre de lutte contre le cancer
    "292": Family.PSYCHIATRY,  # centre hospitalier spécialisé, maladies mentales
    "355": Family.CH,  # centre hospitalier
    "362": Family.OTHER,  # soins de longue durée
    "365": Family.CLINIC,  # soins pluridisciplinaires
    "500": Family.EHPAD,
}

HOSPITAL_LIST_CATEGORIES = frozenset(FAMILY_OF_CATEGORY) - {"500"}
"""What the list of hospitals covers: it says nothing of EHPAD, so it closes none."""

EXTRACT_CATEGORIES = frozenset(FAMILY_OF_CATEGORY)

_HIGHEST_FIRST = (
    Family.CHU,
    Family.CANCER,
    Family.CH,
    Family.LOCAL,
    Family.PSYCHIATRY,
    Family.CLINIC,
    Family.REHABILITATION,
    Family.EHPAD,
    Family.OTHER,
)
_RANKS = {family.value: rank for rank, family in enumerate(_HIGHEST_FIRST)}

DEPARTMENT_OF_REGISTER_CODE: dict[str, str] = {
    "9A": "971",
    "9B": "972",
    "9C": "973",
    "9D": "974",
    "9E": "975",
    "9F": "976",
    "9J": "986",
}
"""The register's own codes of what is overseas; 975 and 986 belong to no region."""


def family_of(category_code: str) -> Family:
    """The family of a site of this category."""
    return FAMILY_OF_CATEGORY.get(category_code, Family.OTHER)


def family_rank(family: str) -> int:
    """0 for the highest: a hospital counts in the highest family of its sites."""
    return _RANKS[family]
