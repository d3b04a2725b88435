"""Storing statements: the one way in, for the platform, for PUT and for POST."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lrs import projectors
from lrs.errors import StatementConflict
from lrs.models import Statement
from lrs.projectors import StoredStatement
from lrs.services.attachments import attachments_keep
from lrs.services.definitions import definitions_learn
from lrs.services.forwarding.outbox import outbox_write
from lrs.services.insertion import Row, rows_insert, rows_of
from lrs.services.locking import writers_wait
from lrs.services.preparation import (
    NONE_RECEIVED,
    PreparedStatement,
    comparable,
    statements_prepare,
    without_repetitions,
)
from lrs.services.references import references_write
from lrs.services.voiding import voidings_apply
from lrs.sources import StatementSource
from lrs.xapi import equality, versions
from lrs.xapi.jsontext import loads
from lrs.xapi.multipart import AttachmentData


@dataclass(frozen=True, slots=True)
class StoreResult:
    """`ids` of all statements that were sent, in their order; `stored`: the new ones."""

    ids: list[uuid.UUID]
    stored: list[StoredStatement]


def statements_store(
    *,
    statements: Sequence[dict[str, Any]],
    source: StatementSource,
    version: str = versions.V2,
    attachments: Mapping[str, AttachmentData] = NONE_RECEIVED,
) -> StoreResult:
    """Store a batch in one transaction, and bring the projections up to date in the same.

    `version` is the one that the batch is written in, ``1.0.x`` or ``2.0.x``. A statement that is
    there already with equivalent content is left as it is, and its id answered; so are repetitions
    inside the batch. A missing id is given by the store, but never to the platform's own
    statements, which bring id and timestamp from a stored row. `stored`, `authority` and `version`
    are the store's (Part Two 2.4.8 to 2.4.10). `attachments` is the data that came with the batch,
    by SHA-2.

    Raises StatementsInvalid, StatementConflict (same id, other content) or VoidingForbidden; then
    nothing is stored.
    """
    prepared = statements_prepare(
        statements=statements, source=source, version=version, attachments=attachments
    )
    distinct = without_repetitions(prepared)
    with transaction.atomic():
        stored = _store(list(distinct.values()), source) if distinct else []
        attachments_keep(attachments.values())
    return StoreResult(ids=[item.statement_id for item in prepared], stored=stored)


def _store(prepared: list[PreparedStatement], source: StatementSource) -> list[StoredStatement]:
    if any(item.document["object"].get("objectType") == "StatementRef" for item in prepared):
        writers_wait()  # or a target that another writer is just storing would not be seen
    inserted = rows_insert(rows_of(prepared, source=source), source=source)
    if len(inserted.new) < len(prepared):
        _check_known(prepared, {row.statement_id for row in inserted.new})
    stored = [_as_stored(row, source) for row in inserted.new]
    references_write(inserted)
    definitions_learn(inserted.new, source=source)
    voided = voidings_apply(inserted, source)
    projectors.projectors_run([item for item in stored if item.statement_id not in voided])
    outbox_write(stored)
    return stored


def _as_stored(row: Row, source: StatementSource) -> StoredStatement:
    return StoredStatement.read(
        row.document,
        sequence=row.sequence,
        statement_id=row.statement_id,
        stored=row.stored,
        timestamp=row.timestamp,
        registration=row.registration,
        is_trusted=source.is_trusted,
    )


def _check_known(prepared: list[PreparedStatement], inserted: set[uuid.UUID]) -> None:
    """Part Three 2.1.1: same id and same content is a no-op, other content a conflict."""
    known = {item.statement_id: item for item in prepared if item.statement_id not in inserted}
    payloads = Statement.objects.filter(statement_id__in=known).values_list(
        "statement_id", "payload"
    )
    for statement_id, payload in payloads:
        if not equality.equivalent(comparable(known[statement_id]), loads(payload)):
            raise StatementConflict(statement_id)
