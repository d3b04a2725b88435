"""Which rows of a table are published; the reasons stand in the docstring of the package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeAlias

from reporting.suppression import THRESHOLD

OTHER = "~autres"  # no code begins so
Row: TypeAlias = str
# Who was there, and all the rows in which she stands.
Member: TypeAlias = tuple[Hashable, frozenset[Row]]


def is_published(members: Iterable[Member]) -> bool:
    """Whether nobody was there, or at least five people."""
    people = {who for who, _rows in members}
    return not people or len(people) >= THRESHOLD


def published_rows(members: Iterable[Member]) -> dict[Row, int]:
    """Row -> presences, `OTHER` for those without detail; nothing where it is not published."""
    blocks: dict[frozenset[Row], list[Hashable]] = defaultdict(list)
    for who, rows in members:
        blocks[rows].append(who)
    people = {rows: set(block) for rows, block in blocks.items()}
    everybody: set[Hashable] = set().union(*people.values())
    if len(everybody) < THRESHOLD:
        return {}
    hidden = _hidden(people)
    counts: dict[Row, int] = defaultdict(int)
    for rows, block in blocks.items():
        for row in (OTHER,) if rows in hidden else sorted(rows):
            counts[row] += len(block)
    return dict(counts)


def _hidden(people: dict[frozenset[Row], set[Hashable]]) -> set[frozenset[Row]]:
    """The blocks without detail: none, or the small ones with the smallest of the others."""
    hidden = {rows for rows, block in people.items() if len(block) < THRESHOLD}
    shown = {rows: len(block) for rows, block in people.items() if rows not in hidden}
    if not hidden or not shown:
        return hidden
    smallest = min(shown.values())
    return hidden | {rows for rows, size in shown.items() if size == smallest}
