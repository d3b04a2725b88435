"""The name of a hospital that the register only knows by its sites.

The extract has no name for the legal entity. Where the sites of the hospital's highest family begin
alike, and with more than what any hospital could be called, this beginning is the name
(«CENTRE HOSPITALIER PUBLIC DE HAUTEVILLE - UNITE …»). Else it is the name of the main site: in that
family, the one registered first that does not call itself an outpost. A name given by hand stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_GENERIC_WORDS = """
    CENTRE HOSPITALIER HOSPITALIERE REGIONAL REGIONALE UNIVERSITAIRE INTERCOMMUNAL SPECIALISE
    PUBLIC PRIVE GROUPE GROUPEMENT ENSEMBLE HOPITAL HOPITAUX LOCAL CLINIQUE POLYCLINIQUE
    ETABLISSEMENT SANTE MENTALE CH CHU CHR CHRU CHS CHI GH EPS EPSM EHPAD USLD SSR SMUR ANTENNE
    MAISON RETRAITE RESIDENCE UNITE SERVICE SITE SOINS SUITE READAPTATION LONGUE DUREE CONVALESCENCE
    JOUR ACCUEIL CMP CATTP PSYCHIATRIE PSYCHIATRIQUE MEDICO PSYCHOLOGIQUE ENFANTS ADULTES
    DE DU DES D LA LE LES L A AU AUX ET EN SUR SAINT SAINTE ST STE N
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_TRAILING_WORDS = "DE DU DES D LA LE LES L A AU AUX ET EN SUR SITE UNITE ST STE SAINT"
_TRAILING = frozenset(_TRAILING_WORDS.split())
_SECONDARY_WORDS = """
    CMP CATTP HDJ HJ JOUR ANTENNE ANNEXE SMUR USLD UNITE ECOLE IFSI INSTITUT PSYCHOLOGIQUE POSTCURE
    APPARTEMENT APPARTEMENTS EXTRA CONSULTATION CONSULTATIONS DISPENSAIRE
"""
_SECONDARY = frozenset(_SECONDARY_WORDS.split())
_words = re.compile(r"\w+")


def is_secondary(name: str) -> bool:
    """Whether a site is by its name an outpost («ANTENNE SMUR», «HOPITAL DE JOUR»)."""
    return not _SECONDARY.isdisjoint(_words.findall(name.upper()))


def establishment_name(names: Sequence[str]) -> str:
    """The name for a hospital whose sites, main one first, are called `names` (at least one)."""
    return _common_beginning(names) or names[0]


def _common_beginning(names: Sequence[str]) -> str:
    if len(names) < 2:
        return ""
    words = _common_words([name.split() for name in names])
    while words and words[-1].strip("-–,.:;('\"/") in _TRAILING | {""}:
        words.pop()
    text = " ".join(words).rstrip(" -–,.:;(/")
    tells = any(word not in _GENERIC for word in _words.findall(text.upper()))
    return text if tells else ""


def _common_words(names: Sequence[Sequence[str]]) -> list[str]:
    common = []
    for words in zip(*names, strict=False):
        if len(set(words)) > 1:
            break
        common.append(words[0])
    return common
