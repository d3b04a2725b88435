"""Reading the record: one statement, pages of statements, history for the projectors."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math
import time
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db import connection
from django.db.models import QuerySet

from lrs.keys import Kind, lookup_number
from lrs.models import Statement
from lrs.models.statements import WRITERS, sequence_at
from lrs.projectors import StoredStatement

MAX_PAGE = 500
"""The most statements in one answer; `limit=0` asks for as many (Part Three 2.1.3)."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SEQUENCES = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """What a reader asks for.

    `agent` is a key of `lrs.keys.agent_key`; `verb` and `activity` are IRIs; `credential_id` limits
    to «mine». Voided statements are left out, unless an operator asks for them: `is_voided` None is
    both.
    """

    agent: str | None = None
    verb: str | None = None
    activity: str | None = None
    registration: uuid.UUID | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    related_agents: bool = False
    related_activities: bool = False
    ascending: bool = False
    credential_id: int | None = None
    is_voided: bool | None = False


@dataclass(frozen=True, slots=True)
class Page:
    """Statements, and the sequence after which the next page begins if there is one."""

    statements: list[Statement]
    next: int | None


def statements_page(*, wanted: StatementFilter, limit: int = 0, after: int | None = None) -> Page:
    """Up to `limit` statements, newest first unless `wanted.ascending`.

    Pages follow the sequence, so what is stored meanwhile moves no page.
    """
    size = min(limit, MAX_PAGE) if limit else MAX_PAGE
    order = "id" if wanted.ascending else "-id"
    found: dict[int, Statement] = {}
    for rows in _matching(wanted):
        bounded = _bounded(rows, wanted, after).order_by(order)
        found.update((row.pk, row) for row in bounded[: size + 1])
    page = sorted(found.values(), key=lambda row: row.pk, reverse=not wanted.ascending)[:size]
    return Page(statements=page, next=page[-1].pk if len(found) > size else None)


def statement_get(
    *, statement_id: uuid.UUID, is_voided: bool | None = False, credential_id: int | None = None
) -> Statement | None:
    """The statement of this id; voided ones are found only as such (Part Three 2.1.4)."""
    rows = Statement.objects.filter(statement_id=statement_id)
    if is_voided is not None:
        rows = rows.filter(is_voided=is_voided)
    if credential_id is not None:
        rows = rows.filter(credential_id=credential_id)
    return rows.first()


def statements_for_projection(
    *, verbs: Collection[str], after: int | None = None, batch_size: int = 1000
) -> Iterator[list[StoredStatement]]:
    """Statements of these verbs that are not voided, by sequence from after `after`, in batches."""
    numbers = {lookup_number(Kind.VERB, verb) for verb in verbs}
    rows = Statement.objects.filter(verb_number__in=numbers, is_voided=False).order_by("pk")
    after = _SEQUENCES[0] if after is None else after
    while batch := list(rows.filter(pk__gt=after)[:batch_size]):
        yield [stored_statement(row) for row in batch]
        after = batch[-1].pk


def stored_statement(row: Statement) -> StoredStatement:
    """What projectors may know of a row."""
    return StoredStatement.read(
        json.loads(row.payload),
        sequence=row.pk,
        statement_id=row.statement_id,
        stored=row.stored,
        timestamp=row.timestamp,
        registration=row.registration,
        is_trusted=row.is_trusted,
    )


def consistent_through(*, max_age: float = 0.0) -> dt.datetime:
    """The time up to which every statement that is or will be stored can be read.

    An answer that this process got up to `max_age` seconds ago will do: the bound only grows.

    Part Three 2.1.3.s2.b5. On PostgreSQL writers run side by side and may commit in another order
    than they drew `stored`, but each draws it after its transaction began: the start of the oldest
    open transaction of another session is the bound, the present if there is none. On SQLite a
    writer draws `stored` under the only write lock, later than all before it: everything up to the
    newest statement that can be seen is there, and what is in flight comes after it. That value
    stands still while nothing is stored, which is less recent than the standard hopes, but true.
    """
    now = time.monotonic()
    asked_at, through = _last_bound.get(connection.settings_dict["NAME"], (-math.inf, _EPOCH))
    if now - asked_at > max_age or max_age <= 0:
        through = _bound()
        _last_bound[connection.settings_dict["NAME"]] = (now, through)
    return through


_last_bound: dict[str, tuple[float, dt.datetime]] = {}


def _bound() -> dt.datetime:
    if connection.vendor == "postgresql":
        return _oldest_transaction()
    newest = Statement.objects.order_by("-id").values_list("stored", flat=True).first()
    return newest or _EPOCH


def _matching(wanted: StatementFilter) -> Iterator[QuerySet[Statement]]:
    """Sets of statements that together are all that match, each read in the order of an index."""
    mine = {"credential_id": wanted.credential_id, "is_voided": wanted.is_voided}
    mine = {name: value for name, value in mine.items() if value is not None}
    for rows in _by_content(wanted):
        yield rows.filter(**mine)
        if wanted.agent or wanted.verb or wanted.activity or wanted.registration:
            # Part Three 2.1.3.s4: what refers to a match is one too, whoever voided the match
            yield Statement.objects.filter(references__target__in=rows, **mine).distinct()


def _by_content(wanted: StatementFilter) -> Iterator[QuerySet[Statement]]:
    """Statements that match themselves: a set for each part in which an agent or activity stands."""
    rows = Statement.objects.all()
    if wanted.verb is not None:
        rows = rows.filter(verb_number=lookup_number(Kind.VERB, wanted.verb))
    if wanted.registration is not None:
        rows = rows.filter(registration=wanted.registration)
    agents = _numbers(wanted.agent, Kind.AGENT, wanted.related_agents and Kind.AGENT_RELATED)
    activities = _numbers(
        wanted.activity, Kind.ACTIVITY, wanted.related_activities and Kind.ACTIVITY_RELATED
    )
    for pair in itertools.product(agents, activities):
        matching = rows
        for number in pair:
            if number is not None:
                matching = matching.filter(relations__number=number)
        yield matching


def _numbers(text: str | None, *kinds: Kind | Literal[False]) -> list[int | None]:
    """The numbers under which a text may be looked up; a single None if there is no text."""
    if text is None:
        return [None]
    return [lookup_number(kind, text) for kind in kinds if kind]


def _bounded(
    rows: QuerySet[Statement], wanted: StatementFilter, after: int | None
) -> QuerySet[Statement]:
    """Those within `since` (exclusive) and `until` (inclusive), beyond the last page."""
    if wanted.since is not None:
        rows = rows.filter(id__gte=_first_after(wanted.since))
    if wanted.until is not None:
        rows = rows.filter(id__lt=_first_after(wanted.until))
    if after is not None:
        rows = rows.filter(id__gt=after) if wanted.ascending else rows.filter(id__lt=after)
    return rows


def _first_after(moment: dt.datetime) -> int:
    """The first sequence of the microsecond after `moment`, which may be in any year."""
    sequence = sequence_at(moment) + WRITERS
    return max(_SEQUENCES[0], min(sequence, _SEQUENCES[-1]))


def _oldest_transaction() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        )
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
