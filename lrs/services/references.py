"""References between statements: which others a statement's object leads to.

Part Three 2.1.3: a filter that finds a statement also finds those that refer to it, directly or
through others. What can be reached is written down when either side is stored, with the numbers of
what is reached, so that reading needs no recursion and is one look into an index.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from lrs.keys import Kind, lookup_number, relation_numbers
from lrs.models import Reference, ReferredRelation, Statement
from lrs.services.insertion import Inserted, Row
from lrs.xapi.vocabulary import verbs

Edges = dict[uuid.UUID, set[uuid.UUID]]


def references_write(inserted: Inserted) -> None:
    """Write down what new statements refer to, and what earlier ones reach through them."""
    referring = {row.statement_id: row for row in inserted.new if row.target is not None}
    new = list(_references(referring)) if referring else []
    if new:
        Reference.objects.bulk_create(new, ignore_conflicts=True)
    if new or inserted.awaited:
        _relate({(one.source_id, one.target) for one in new} | _awaiting(inserted.awaited))


def _references(referring: dict[uuid.UUID, Row]) -> Iterator[Reference]:
    edges = _edges(referring)
    above = defaultdict(list)
    for source, target in Reference.objects.filter(target__in=referring).values_list(
        "source_id", "target"
    ):
        above[target].append(source)
    for statement_id, row in referring.items():
        for target in sorted(_reached(statement_id, edges)):
            yield Reference(
                source_id=row.sequence,
                target=target,
                is_direct=target == row.target,
                is_voiding=row.verb == verbs.VOIDED,
            )
            for source in above[statement_id]:
                yield Reference(source_id=source, target=target, is_direct=False, is_voiding=False)


def _edges(referring: dict[uuid.UUID, Row]) -> Edges:
    """From each new statement to its object, and from those objects to all that they reach."""
    edges: Edges = defaultdict(set)
    for statement_id, row in referring.items():
        if row.target is not None:
            edges[statement_id].add(row.target)
    targets = [row.target for row in referring.values() if row.target is not None]
    known = Reference.objects.filter(source__statement_id__in=targets)
    for statement_id, target in known.values_list("source__statement_id", "target"):
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


def _awaiting(awaited: Sequence[Row]) -> set[tuple[int, uuid.UUID]]:
    """References that were there before their target came."""
    if not awaited:
        return set()
    rows = Reference.objects.filter(target__in=[row.statement_id for row in awaited])
    return set(rows.values_list("source_id", "target"))


def _relate(references: set[tuple[int, uuid.UUID]]) -> None:
    """Give the sources the numbers of those targets that are stored."""
    stored = Statement.objects.filter(statement_id__in={target for _source, target in references})
    numbers = {target.statement_id: _numbers(json.loads(target.payload)) for target in stored}
    ReferredRelation.objects.bulk_create(
        [
            ReferredRelation(number=number, source_id=source, target=target)
            for source, target in sorted(references)
            for number in numbers.get(target, ())
        ],
        ignore_conflicts=True,
    )


def _numbers(statement: dict[str, Any]) -> set[int]:
    numbers = {*relation_numbers(statement), lookup_number(Kind.VERB, statement["verb"]["id"])}
    registration = statement.get("context", {}).get("registration")
    if registration is not None:
        numbers.add(lookup_number(Kind.REGISTRATION, str(uuid.UUID(registration))))
    return numbers
