"""Words that are alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

ALIKE = 0.82
"""The least similarity of two words for one to be proposed for the other, from 0 to 1."""


def closest(wanted: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like `wanted`, all of them folded, if one is like it at all."""
    found = difflib.get_close_matches(wanted, sorted(candidates), n=1, cutoff=ALIKE)
    return found[0] if found else None


def best(word: str, known: Mapping[str, str]) -> str | None:
    """What is known of a folded word, or else of the one most like it."""
    if word in known:
        return known[word]
    alike = closest(word, known)
    return known[alike] if alike else None
