"""Rows of statements, and how they get into the tables without being stored twice.

A batch is one parameter, a JSON text, and one command unpacks it: on PostgreSQL the statements with
their relations, on SQLite one command for each. That costs the application a fifth of what a list
of values does. Rows go in sorted by statement id, with `ON CONFLICT DO NOTHING`, so that writers
with overlapping ids wait for each other in one order and never deadlock.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection
from django.utils import timezone

from lrs import libpq
from lrs.keys import Kind, lookup_number, relation_numbers
from lrs.models import Statement
from lrs.models.statements import sequence_at
from lrs.services.preparation import PreparedStatement
from lrs.sources import StatementSource
from lrs.xapi import timestamps
from lrs.xapi.jsontext import dumps

_ENCODER = msgspec.json.Encoder()
_MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Row:
    """A statement about to be inserted. `document` is what its `payload` says."""

    sequence: int
    statement_id: uuid.UUID
    stored: dt.datetime
    timestamp: dt.datetime
    registration: uuid.UUID | None
    version: str
    document: dict[str, Any]
    payload: str

    @property
    def verb(self) -> str:
        verb: str = self.document["verb"]["id"]
        return verb

    @property
    def target(self) -> uuid.UUID | None:
        """The statement that is this one's object, if one is."""
        obj = self.document["object"]
        return uuid.UUID(obj["id"]) if obj.get("objectType") == "StatementRef" else None


def rows_of(prepared: Sequence[PreparedStatement], *, source: StatementSource) -> list[Row]:
    """The rows of prepared statements that are stored together, a microsecond after each other."""
    authority = source.authority  # Part Two 2.4.9.s3.b4: from the credential, always
    stored, writer = _position_draw()
    rows = []
    for item in prepared:
        rows.append(_row(item, authority, stored, sequence_at(stored, writer)))
        stored += _MICROSECOND
    return rows


@dataclass(frozen=True, slots=True)
class Inserted:
    """The rows that are new, and which of them others had referred to before they came."""

    new: list[Row]
    awaited: list[Row]


def rows_insert(rows: Sequence[Row], *, source: StatementSource) -> Inserted:
    """Insert the rows whose statement ids are new, with their relations."""
    # The texts of UUIDs sort as they do, and faster.
    records = [_record(row) for row in sorted(rows, key=lambda row: row.document["id"])]
    credential_id = source.credential.pk if source.credential else None
    insert = _insert_postgresql if connection.vendor == "postgresql" else _insert_sqlite
    is_awaited = insert(_ENCODER.encode(records), credential_id, source.is_trusted)
    new = [row for row in rows if row.sequence in is_awaited]
    return Inserted(new, [row for row in new if is_awaited[row.sequence]])


def _row(
    item: PreparedStatement, authority: dict[str, Any], stored: dt.datetime, sequence: int
) -> Row:
    stored_text = timestamps.format_utc(stored)
    document = {
        **item.document,
        "timestamp": item.timestamp or stored_text,  # Part Two 2.4.7.s3.b2
        "stored": stored_text,
        "authority": authority,
        "version": item.version,
    }
    registration = document["context"].get("registration") if "context" in document else None
    return Row(
        sequence=sequence,
        statement_id=item.statement_id,
        stored=stored,
        timestamp=timestamps.parse(item.timestamp) if item.timestamp else stored,
        registration=uuid.UUID(registration) if registration else None,
        version=item.version,
        document=document,
        payload=dumps(document),
    )


def _position_draw() -> tuple[dt.datetime, int]:
    """When a batch is stored, and the number of its writer.

    `stored` is the database's clock on PostgreSQL, for `Consistent-Through` compares it with the
    start of transactions there. On SQLite it is later than every `stored` there is, even when the
    clock of the machine was set back; the write lock makes sure that nobody else does the same.
    """
    if connection.vendor == "postgresql":
        ((stored, writer),) = libpq.rows(_POSITION_POSTGRESQL)
        return dt.datetime.fromisoformat((stored or b"").decode()), int(writer or b"")
    last = Statement.objects.order_by("-id").values_list("stored", flat=True).first()
    now = timezone.now()
    return max(now, last + _MICROSECOND) if last else now, 0


def _record(row: Row) -> dict[str, Any]:
    """The values of a row, in the names of the columns, as JSON can carry them.

    PostgreSQL reads the texts of the document; SQLite keeps texts, and in a form of its own.
    """
    document = row.document
    record = {
        "id": row.sequence,
        "statement_id": document["id"],
        "stored": document["stored"],
        "timestamp": document["timestamp"],
        "verb_number": lookup_number(Kind.VERB, row.verb),
        "registration": row.registration and document["context"]["registration"],
        "version": row.version,
        "payload": row.payload,
        "relations": relation_numbers(document),
    }
    if connection.vendor == "sqlite":
        record["statement_id"] = row.statement_id.hex
        record["stored"] = str(row.stored.replace(tzinfo=None))
        record["timestamp"] = str(row.timestamp.replace(tzinfo=None))
        record["registration"] = row.registration and row.registration.hex
    return record


def _insert_postgresql(text: bytes, credential_id: int | None, is_trusted: bool) -> dict[int, bool]:
    credential = None if credential_id is None else b"%d" % credential_id
    rows = libpq.rows(_INSERT_POSTGRESQL, [text, credential, b"t" if is_trusted else b"f"])
    return {int(sequence): awaited == b"t" for sequence, awaited in rows if sequence}


def _insert_sqlite(text: bytes, credential_id: int | None, is_trusted: bool) -> dict[int, bool]:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_SQLITE, [credential_id, is_trusted, text.decode()])
        is_awaited = dict(cursor.fetchall())
        cursor.execute(_RELATE_SQLITE, [text.decode(), dumps(list(is_awaited))])
    return is_awaited


_POSITION_POSTGRESQL = (
    b"SELECT clock_timestamp(), nextval(pg_get_serial_sequence('lrs_statement', 'id'))"
)
_COLUMNS = (
    "id, statement_id, stored, timestamp, verb_number, registration, version, payload,"
    " credential_id, is_trusted, is_voided"
)
_IS_AWAITED = "EXISTS (SELECT 1 FROM lrs_reference WHERE target = {}.statement_id)"
_INSERT_POSTGRESQL = f"""
WITH given AS (
  SELECT * FROM json_to_recordset($1::json) AS given(
    id bigint, statement_id uuid, stored timestamptz, timestamp timestamptz, verb_number bigint,
    registration uuid, version text, payload text, relations bigint[])
), new AS (
  INSERT INTO lrs_statement ({_COLUMNS})
  SELECT id, statement_id, stored, timestamp, verb_number, registration, version, payload,
    $2::bigint, $3::boolean, false
  FROM given
  ON CONFLICT (statement_id) DO NOTHING
  RETURNING id, statement_id
), related AS (
  INSERT INTO lrs_relation (number, statement_id)
  SELECT unnest(relations), id FROM given JOIN new USING (id)
)
SELECT id, {_IS_AWAITED.format("new")} FROM new
""".encode()
_INSERT_SQLITE = f"""
INSERT INTO lrs_statement ({_COLUMNS})
SELECT value->>'id', value->>'statement_id', value->>'stored', value->>'timestamp',
  value->>'verb_number', value->>'registration', value->>'version', value->>'payload', %s, %s, false
FROM json_each(%s)
WHERE true
ON CONFLICT (statement_id) DO NOTHING
RETURNING id, {_IS_AWAITED.format("lrs_statement")}
"""
_RELATE_SQLITE = """
INSERT INTO lrs_relation (number, statement_id)
SELECT relation.value, given.value->>'id'
FROM json_each(%s) AS given, json_each(given.value, '$.relations') AS relation
WHERE given.value->>'id' IN (SELECT value FROM json_each(%s))
"""
