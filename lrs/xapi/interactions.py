"""How responses of interaction activities are written, and the patterns of the correct ones
(Part Two 2.4.4.1, table of interaction types; the same in IEEE 9274.1.1)."""

from __future__ import annotations

from collections.abc import Iterable


def items(ids: Iterable[str]) -> str:
    """Items in one list: «choice», «sequencing»."""
    return "[,]".join(ids)


def pairs(ids: Iterable[Iterable[str]]) -> str:
    """Pairs in one list: «matching», «performance»."""
    return items("[.]".join(pair) for pair in ids)
