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
from typing import Any, Literal

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from lrs.keys import Kind, activity_verb_number, lookup_number
from lrs.models import Reference, ReferredRelation, Statement
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
    found: dict[int, Statement] = {}
    for numbers in _number_sets(wanted):
        found.update((row.pk, row) for row in _matching(wanted, numbers, after)[: size + 1])
        sources = _referring(wanted, numbers, after)[: size + 1] if numbers.any else ()
        found.update(Statement.objects.in_bulk(list(sources)) if sources else {})
    page = sorted(found.values(), key=lambda row: row.pk, reverse=not wanted.ascending)[:size]
    return Page(statements=page, next=page[-1].pk if len(found) > size else None)


def statement_get(
    *, statement_id: uuid.UUID, is_voided: bool = False, credential_id: int | None = None
) -> Statement | None:
    """The statement of this id; voided ones are found only as such (Part Three 2.1.4)."""
    rows = Statement.objects.filter(statement_id=statement_id, is_voided=is_voided)
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


def ids_stored_since(*, moment: dt.datetime) -> QuerySet[Statement, Any]:
    """The ids of what was stored after `moment`, to be used within another query."""
    return Statement.objects.filter(pk__gt=sequence_at(moment)).values("statement_id")


def voided_since(*, moment: dt.datetime) -> list[StoredStatement]:
    """What was stored by `moment` and has been voided after it."""
    voiding = Reference.objects.filter(
        is_voiding=True, is_direct=True, source_id__gt=sequence_at(moment)
    )
    rows = Statement.objects.filter(
        statement_id__in=voiding.values("target"), is_voided=True, pk__lte=sequence_at(moment)
    )
    return [stored_statement(row) for row in rows.order_by("pk")]


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
    open transaction of another session is the bound, or the start of this very query, for a
    transaction that begins while the sessions are being read may not be among them. On SQLite a
    writer draws `stored` under the only write lock, later than all before it: everything up to the
    newest statement that can be seen is there, and what is in flight comes after it. That value
    stands still while nothing is stored, which is less recent than the standard hopes, but true.
    """
    now = time.monotonic()
    asked_at, through = _last_bound.get(connection.settings_dict["NAME"], (-math.inf, _EPOCH))
    if now - asked_at >= max_age:
        through = _bound()
        _last_bound[connection.settings_dict["NAME"]] = (now, through)
    return through


_last_bound: dict[str, tuple[float, dt.datetime]] = {}


def _bound() -> dt.datetime:
    if connection.vendor == "postgresql":
        return _oldest_transaction()
    newest = Statement.objects.order_by("-id").values_list("stored", flat=True).first()
    return newest or _EPOCH


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What a statement must have: numbers of columns, and numbers of relations."""

    verb: int | None
    registration: int | None
    relations: tuple[int, ...]

    @property
    def any(self) -> list[int]:
        return [one for one in (*self.relations, self.registration, self.verb) if one is not None]


def _number_sets(wanted: StatementFilter) -> Iterator[_Numbers]:
    """One set for each place in which an agent or activity may stand; each is read by an index."""
    agents = _numbers(wanted.agent, Kind.AGENT, wanted.related_agents and Kind.AGENT_RELATED)
    activities = _numbers(
        wanted.activity, Kind.ACTIVITY, wanted.related_activities and Kind.ACTIVITY_RELATED
    )
    (verb,) = _numbers(wanted.verb, Kind.VERB)
    (registration,) = _numbers(
        str(wanted.registration) if wanted.registration else None, Kind.REGISTRATION
    )
    if wanted.verb and wanted.activity:
        activities[0] = activity_verb_number(wanted.activity, wanted.verb)
    for agent, activity in itertools.product(agents, activities):
        relations = tuple(number for number in (agent, activity) if number is not None)
        is_both = activity == activities[0] and bool(wanted.verb and wanted.activity)
        yield _Numbers(None if is_both else verb, registration, relations)


def _numbers(text: str | None, *kinds: Kind | Literal[False]) -> list[int | None]:
    """The numbers under which a text may be looked up; a single None if there is no text."""
    if text is None:
        return [None]
    return [lookup_number(kind, text) for kind in kinds if kind]


def _matching(wanted: StatementFilter, numbers: _Numbers, after: int | None) -> QuerySet[Statement]:
    """Statements that match themselves."""
    rows = Statement.objects.all()
    if numbers.verb is not None:
        rows = rows.filter(verb_number=numbers.verb)
    if wanted.registration is not None:
        rows = rows.filter(registration=wanted.registration)
    for number in numbers.relations:
        rows = rows.filter(relations__number=number)
    return _bounded(rows, wanted, after)


def _referring(
    wanted: StatementFilter, numbers: _Numbers, after: int | None
) -> QuerySet[ReferredRelation, int]:
    """The sequences of statements that refer to a match, whoever voided that (2.1.3.s4)."""
    first, *others = numbers.any
    rows = ReferredRelation.objects.filter(number=first)
    for number in others:
        same = ReferredRelation.objects.filter(
            number=number, source_id=OuterRef("source_id"), target=OuterRef("target")
        )
        rows = rows.filter(Exists(same))
    return (
        _bounded(rows, wanted, after, prefix="source__")
        .values_list("source_id", flat=True)
        .distinct()
    )


def _bounded(
    rows: QuerySet[Any], wanted: StatementFilter, after: int | None, prefix: str = ""
) -> QuerySet[Any]:
    """Those that this reader may see, from `since` (exclusive) to `until`, beyond the last page."""
    key = "source_id" if prefix else "id"
    equal = {"credential_id": wanted.credential_id, "is_voided": wanted.is_voided}
    conditions = {prefix + name: value for name, value in equal.items() if value is not None}
    if wanted.since is not None:
        conditions[f"{key}__gte"] = first_sequence_after(wanted.since)
    if wanted.until is not None:
        conditions[f"{key}__lt"] = first_sequence_after(wanted.until)
    rows = rows.filter(**conditions)
    if after is not None:
        rows = rows.filter(**{f"{key}__{'gt' if wanted.ascending else 'lt'}": after})
    return rows.order_by(key if wanted.ascending else f"-{key}")


def first_sequence_after(moment: dt.datetime) -> int:
    """The first sequence of the microsecond after `moment`, which may be in any year."""
    sequence = sequence_at(moment) + WRITERS
    return max(_SEQUENCES[0], min(sequence, _SEQUENCES[-1]))


def _oldest_transaction() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(min(xact_start), statement_timestamp()) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND xact_start IS NOT NULL"
        )
        moment: dt.datetime = cursor.fetchone()[0]
    return moment
