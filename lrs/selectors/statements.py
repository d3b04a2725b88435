"""Reading the record: one statement, pages of statements, history for the projectors."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from lrs.identifiers import home_page
from lrs.keys import lookup_key
from lrs.models import Statement
from lrs.projectors import StoredStatement

MAX_PAGE = 500
"""The most statements in one answer; `limit=0` asks for as many (Part Three 2.1.3)."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ended: the last statement's place in the order of storage."""

    stored: dt.datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What a reader asks for. Keys are those of `lrs.keys`; `credential_id` limits to «mine».

    Voided statements are left out, unless an operator asks for them: `is_voided` None is both.
    """

    agent: str | None = None
    verb: str | None = None
    activity: str | None = None
    registration: uuid.UUID | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    ascending: bool = False
    credential_id: int | None = None
    is_voided: bool | None = False


@dataclass(frozen=True, slots=True)
class Page:
    """Statements, and where the next page begins if there is one."""

    statements: list[Statement]
    next: Position | None


def statements_page(
    *, wanted: StatementFilter, limit: int = 0, after: Position | None = None
) -> Page:
    """Up to `limit` statements, newest first unless `wanted.ascending`.

    Pages follow (`stored`, sequence), so what is stored meanwhile moves no page.
    """
    size = min(limit, MAX_PAGE) if limit else MAX_PAGE
    rows = _matching(wanted)
    if after is not None:
        rows = rows.filter(_beyond(after, ascending=wanted.ascending))
    order = ("stored", "id") if wanted.ascending else ("-stored", "-id")
    found = list(rows.order_by(*order)[: size + 1])
    page = found[:size]
    last = Position(page[-1].stored, page[-1].pk) if len(found) > size else None
    return Page(statements=page, next=last)


def statement_get(
    *, statement_id: uuid.UUID, is_voided: bool = False, credential_id: int | None = None
) -> Statement | None:
    """The statement of this id; voided ones are found only as such (Part Three 2.1.4)."""
    rows = Statement.objects.filter(statement_id=statement_id, is_voided=is_voided)
    if credential_id is not None:
        rows = rows.filter(credential_id=credential_id)
    return rows.first()


def statements_for_projection(
    *, verbs: Collection[str], after: int = 0, batch_size: int = 1000
) -> Iterator[list[StoredStatement]]:
    """Statements of these verbs that are not voided, by sequence from after `after`, in batches."""
    rows = Statement.objects.filter(
        verb__in={lookup_key(verb) for verb in verbs}, is_voided=False
    ).order_by("pk")
    while batch := list(rows.filter(pk__gt=after)[:batch_size]):
        yield [stored_statement(row) for row in batch]
        after = batch[-1].pk


def stored_statement(row: Statement, document: dict[str, Any] | None = None) -> StoredStatement:
    """What projectors may know of a row; `document` spares reading its payload again."""
    payload: dict[str, Any] = json.loads(row.payload) if document is None else document
    obj = payload["object"]
    return StoredStatement(
        sequence=row.pk,
        statement_id=row.statement_id,
        stored=row.stored,
        timestamp=row.timestamp,
        account_name=_own_account_name(payload["actor"]),
        verb=payload["verb"]["id"],
        activity_id=obj["id"] if obj.get("objectType", "Activity") == "Activity" else None,
        registration=row.registration,
        is_trusted=row.is_trusted,
        payload=payload,
    )


def consistent_through() -> dt.datetime:
    """The time up to which every statement that is or will be stored can be read.

    Part Three 2.1.3.s2.b5. On PostgreSQL writers run side by side and may commit in another order
    than they drew `stored`, but each draws it after its transaction began: the start of the oldest
    open transaction of another session is the bound, the present if there is none. On SQLite a
    writer draws `stored` under the only write lock, later than all before it: everything up to the
    newest statement that can be seen is there, and what is in flight comes after it. That value
    stands still while nothing is stored, which is less recent than the standard hopes, but true.
    """
    if connection.vendor == "postgresql":
        return _oldest_transaction()
    newest = Statement.objects.order_by("-stored", "-id").values_list("stored", flat=True).first()
    return newest or _EPOCH


def _matching(wanted: StatementFilter) -> QuerySet[Statement]:
    rows = Statement.objects.all()
    if wanted.agent is not None:
        rows = rows.filter(Q(actor_key=wanted.agent) | Q(object_key=wanted.agent))
    equal = {
        "verb": wanted.verb,
        "object_key": wanted.activity,
        "registration": wanted.registration,
        "stored__gt": wanted.since,
        "stored__lte": wanted.until,
        "credential_id": wanted.credential_id,
        "is_voided": wanted.is_voided,
    }
    return rows.filter(**{name: value for name, value in equal.items() if value is not None})


def _beyond(position: Position, *, ascending: bool) -> Q:
    """A row comparison, written so that an index on (stored, id) bounds it."""
    if ascending:
        at_least = Q(stored__gte=position.stored)
        return at_least & (Q(stored__gt=position.stored) | Q(id__gt=position.sequence))
    at_most = Q(stored__lte=position.stored)
    return at_most & (Q(stored__lt=position.stored) | Q(id__lt=position.sequence))


def _own_account_name(actor: dict[str, Any]) -> str | None:
    """The account name of an actor of this platform."""
    account = actor.get("account")
    if not account or account["homePage"] != home_page():
        return None
    name: str = account["name"]
    return name


def _oldest_transaction() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        )
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
