"""References between statements: which others a statement's object leads to.

Part Three 2.1.3: a filter that finds a statement also finds those that refer to it, directly or
through others. What can be reached is written down when a reference is stored, so that reading
needs no recursion.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lrs.models import Reference
from lrs.services.insertion import Row
from lrs.xapi.vocabulary import verbs

Edges = dict[uuid.UUID, set[uuid.UUID]]


def references_write(new: Sequence[Row]) -> None:
    """Write down what the new statements refer to, and what earlier ones reach through them."""
    referring = {row.statement_id: row for row in new if row.target is not None}
    if referring:
        Reference.objects.bulk_create(_references(referring), ignore_conflicts=True)


def _references(referring: dict[uuid.UUID, Row]) -> Iterator[Reference]:
    edges = _edges(referring)
    above = defaultdict(list)
    for source, target in Reference.objects.filter(target__in=referring).values_list(
        "source_id", "target_id"
    ):
        above[target].append(source)
    for statement_id, row in referring.items():
        reached = _reached(statement_id, edges)
        for target in sorted(reached):
            yield Reference(
                source_id=row.sequence,
                target_id=target,
                is_direct=target == row.target,
                is_voiding=row.verb == verbs.VOIDED,
            )
            for source in above[statement_id]:
                yield Reference(
                    source_id=source, target_id=target, is_direct=False, is_voiding=False
                )


def _edges(referring: dict[uuid.UUID, Row]) -> Edges:
    """From each new statement to its object, and from those objects to all that they reach."""
    edges: Edges = defaultdict(set)
    for statement_id, row in referring.items():
        if row.target is not None:
            edges[statement_id].add(row.target)
    targets = [row.target for row in referring.values()]
    known = Reference.objects.filter(source__statement_id__in=targets)
    for statement_id, target in known.values_list("source__statement_id", "target_id"):
        edges[statement_id].add(target)
    return edges


def _reached(start: uuid.UUID, edges: Edges) -> set[uuid.UUID]:
    """Everything that can be reached; a circle ends where it began."""
    reached: set[uuid.UUID] = set()
    waiting = [start]
    while waiting:
        for target in edges.get(waiting.pop(), set()) - reached:
            reached.add(target)
            waiting.append(target)
    return reached
