"""Rows of statements, and how they get into the table without being stored twice.

Rows go in by one `INSERT … ON CONFLICT DO NOTHING RETURNING`, sorted by statement id, so that
writers with overlapping ids wait for each other in one order and never deadlock. On PostgreSQL the
sequence numbers are drawn first, in the order of the batch; SQLite has one writer at a time.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection, models
from django.utils import timezone

from lrs import keys
from lrs.models import Statement
from lrs.services.preparation import PreparedStatement
from lrs.sources import StatementSource
from lrs.xapi import timestamps
from lrs.xapi.jsontext import dumps

_CHUNK = 500
_FIELDS = [field for field in Statement._meta.concrete_fields if not field.primary_key]
_ADAPTED = (models.DateTimeField, models.UUIDField)
"""The kinds of fields whose values a database may want in another form."""


@dataclass(frozen=True, slots=True)
class Row:
    """A statement about to be inserted: the model's values, and the document of its payload."""

    statement: Statement
    document: dict[str, Any]


def rows_of(
    prepared: Sequence[PreparedStatement], *, stored: dt.datetime, source: StatementSource
) -> list[Row]:
    """The rows of prepared statements that are stored together at `stored`."""
    stored_text = timestamps.format_utc(stored)
    authority = source.authority  # Part Two 2.4.9.s3.b4: from the credential, always
    documents = [
        {
            **item.document,
            "timestamp": item.timestamp or stored_text,  # Part Two 2.4.7.s3.b2
            "stored": stored_text,
            "authority": authority,
            "version": item.version,
        }
        for item in prepared
    ]
    return [
        _row(item, document, stored, source)
        for item, document in zip(prepared, documents, strict=True)
    ]


def _row(
    item: PreparedStatement,
    document: dict[str, Any],
    stored: dt.datetime,
    source: StatementSource,
) -> Row:
    registration = document.get("context", {}).get("registration")
    statement = Statement(
        statement_id=item.statement_id,
        stored=stored,
        timestamp=timestamps.parse(document["timestamp"]),
        actor_key=keys.agent_key(document["actor"]),
        verb=keys.lookup_key(document["verb"]["id"]),
        object_key=keys.object_key(document["object"]),
        registration=uuid.UUID(registration) if registration else None,
        credential=source.credential,
        is_trusted=source.is_trusted,
        version=item.version,
        payload=dumps(document),
    )
    return Row(statement, document)


def positions_draw(count: int) -> tuple[dt.datetime, list[int | None]]:
    """When a batch is stored, and the sequence numbers of its statements if they are drawn first.

    `stored` is the database's clock on PostgreSQL, for `Consistent-Through` compares it with the
    start of transactions there. On SQLite it is later than every `stored` there is, even when the
    clock of the machine was set back; the write lock makes sure that nobody else does the same.
    """
    if connection.vendor == "postgresql":
        return _positions_postgresql(count)
    last = Statement.objects.order_by("-stored", "-id").values_list("stored", flat=True).first()
    now = timezone.now()
    stored = max(now, last + dt.timedelta(microseconds=1)) if last else now
    return stored, [None] * count


def rows_insert(rows: Sequence[Row]) -> set[uuid.UUID]:
    """Insert the rows whose ids are new, set their primary keys, and answer those ids."""
    by_id = {row.statement.statement_id: row.statement for row in rows}
    inserted: set[uuid.UUID] = set()
    for chunk in _chunks(_in_lock_order([row.statement for row in rows])):
        for sequence, statement_id in _insert(chunk):
            by_id[statement_id].pk = sequence
            inserted.add(statement_id)
    return inserted


def _positions_postgresql(count: int) -> tuple[dt.datetime, list[int | None]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp(), nextval(pg_get_serial_sequence(%s, 'id'))"
            " FROM generate_series(1, %s)",
            [Statement._meta.db_table, count],
        )
        drawn = cursor.fetchall()
    return drawn[0][0], [sequence for _clock, sequence in drawn]


def _in_lock_order(statements: list[Statement]) -> list[Statement]:
    if connection.vendor == "postgresql":
        return sorted(statements, key=lambda statement: statement.statement_id)
    return statements


def _chunks(statements: list[Statement]) -> Iterator[list[Statement]]:
    for start in range(0, len(statements), _CHUNK):
        yield statements[start : start + _CHUNK]


def _insert(statements: list[Statement]) -> list[tuple[int, uuid.UUID]]:
    fields = _FIELDS if statements[0].pk is None else [Statement._meta.pk, *_FIELDS]
    columns_of = [(field.attname, _adapter(field)) for field in fields]
    values = [
        adapt(getattr(statement, name)) if adapt else getattr(statement, name)
        for statement in statements
        for name, adapt in columns_of
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _insert_sql([str(field.column) for field in fields], len(statements)), values
        )
        return [(sequence, _uuid(text)) for sequence, text in cursor.fetchall()]


def _insert_sql(columns: list[str], count: int) -> str:
    quote = connection.ops.quote_name
    row = "(" + ", ".join(["%s"] * len(columns)) + ")"
    return (
        f"INSERT INTO {quote(Statement._meta.db_table)}"  # noqa: S608 - names of the model only
        f" ({', '.join(quote(column) for column in columns)})"
        f" VALUES {', '.join([row] * count)}"
        f" ON CONFLICT ({quote('statement_id')}) DO NOTHING"
        f" RETURNING {quote('id')}, {quote('statement_id')}"
    )


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    if not isinstance(field, _ADAPTED):
        return None
    return partial(field.get_db_prep_save, connection=connection)


def _uuid(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
