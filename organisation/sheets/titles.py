"""Titles of columns that mean the same, however a software abbreviates them."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from documents.folding import fold

ALIKE = 0.8
"""How like two words of a title have to be, from 0 to 1: «matricul» and «matricule» are."""

SHORTEST = 4
"""Shorter words are either the same or not: «uf» and «us» are alike by mistake only."""

# What stands for a word in titles of HR exports; all folded.
SHORT_FORMS = {
    **dict.fromkeys(("mat", "matr", "matric"), "matricule"),
    **dict.fromkeys(("lib", "libel", "lbl"), "libelle"),
    **dict.fromkeys(("dt", "dte", "dat"), "date"),
    **dict.fromkeys(("deb", "debu"), "debut"),
    **dict.fromkeys(("naiss", "nais"), "naissance"),
    **dict.fromkeys(("etab", "etabl", "ets", "etbl"), "etablissement"),
    **dict.fromkeys(("serv", "svc", "sce"), "service"),
    **dict.fromkeys(("aff", "affect", "affec"), "affectation"),
    **dict.fromkeys(("pro", "prof", "professionnelle"), "professionnel"),
    **dict.fromkeys(("n", "no", "num", "nro"), "numero"),
    **dict.fromkeys(("nb", "nbr", "nbre"), "nombre"),
    **dict.fromkeys(("eff",), "effectif"),
    **dict.fromkeys(("pren",), "prenom"),
    **dict.fromkeys(("fonct", "fct"), "fonction"),
    **dict.fromkeys(("qualif",), "qualification"),
    **dict.fromkeys(("embauch", "emb"), "embauche"),
    **dict.fromkeys(("geo", "geog"), "geographique"),
    **dict.fromkeys(("pers",), "personnes"),
    **dict.fromkeys(("ej",), "juridique"),
}
# What says nothing about a column.
FILLERS = frozenset(
    (
        *("a", "au", "aux", "d", "de", "du", "des", "en", "et", "l", "la", "le", "les"),
        *("par", "pour", "un", "une", "agent", "salarie"),
    )
)
# What does not name a column on its own: «Code», «N°», «Date».
EMPTY_ALONE = frozenset({"numero", "date", "code", "libelle", "id", "identifiant", "nombre"})

Key = tuple[str, ...]


def title_key(title: str) -> Key:
    """The words of a title that count, in full: «Dt d'entrée» and «Date entrée» have the same."""
    words = [SHORT_FORMS.get(word, word) for word in fold(title).split()]
    kept = tuple(word for word in words if word not in FILLERS)
    return tuple(words) if not set(kept) - EMPTY_ALONE else kept


def titles_matched(
    titles: Sequence[str], known: Mapping[Any, Sequence[str]]
) -> tuple[dict[str, int], list[str]]:
    """Which title is for which field, {field: index}; and the fields found by a similar title only.

    `known` are the titles of each field, folded, the likeliest first. The same title goes first,
    then the same words, then words alike; each title is for one field at most.
    """
    folded = [fold(title) for title in titles]
    keys = [title_key(title) for title in titles]
    found: dict[str, int] = {}
    for field, names in known.items():
        _take(found, field, (at for name in names for at, one in enumerate(folded) if one == name))
    exact = set(found)
    for is_same in (_same_words, _alike):
        for field, names in known.items():
            wanted = [title_key(name) for name in names]
            _take(
                found,
                field,
                (at for key in wanted for at, one in enumerate(keys) if is_same(one, key)),
            )
    return found, [field for field in found if field not in exact]


def _take(found: dict[str, int], field: str, places: object) -> None:
    if field not in found:
        taken = set(found.values())
        place = next((at for at in places if at not in taken), None)  # type: ignore[attr-defined]
        if place is not None:
            found[field] = place


def _same_words(one: Key, other: Key) -> bool:
    return bool(one) and sorted(one) == sorted(other)


def _alike(one: Key, other: Key) -> bool:
    """Word by word, so that «Prénom usuel» never stands for «Nom usuel»."""
    return len(one) == len(other) > 0 and all(map(_word_alike, one, other))


def _word_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE
