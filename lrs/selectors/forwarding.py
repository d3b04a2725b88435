"""Reading the outbox: what is due, and how each destination stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lrs.enums import DeliveryState
from lrs.models import Forward, OutboxRow, Statement
from lrs.selectors.statements import first_sequence_after


def outbox_due(*, forward: Forward, through: dt.datetime, limit: int) -> list[OutboxRow]:
    """Up to `limit` rows to send next, in order of the sequence, with their statements.

    Nothing stored after `through` is among them, for an earlier statement could still appear. A
    statement that has to wait by itself holds back the later ones of its registration.
    """
    seen = _free(forward, timezone.now()).filter(statement__lt=first_sequence_after(through))
    return list(seen.select_related("statement").order_by("statement_id")[:limit])


def outbox_next_at(*, forward: Forward) -> dt.datetime | None:
    """When there is something to do again for a destination; None if nothing waits."""
    waiting = forward.outbox.filter(state=DeliveryState.WAITING)
    if not waiting.exists():
        return None
    now = timezone.now()
    soonest = now
    if not _free(forward, now).exists():
        held: dt.datetime | None = waiting.aggregate(at=Min("next_attempt_at"))["at"]
        soonest = max(held or now, now)
    return max(soonest, forward.next_attempt_at or now)


def _free(forward: Forward, now: dt.datetime) -> QuerySet[OutboxRow]:
    """What waits, and neither waits by itself nor for an earlier one of its registration."""
    waiting = forward.outbox.filter(state=DeliveryState.WAITING)
    holding = waiting.filter(next_attempt_at__gt=now).exclude(registration=None)
    due = waiting.filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=now))
    return due.filter(Q(registration=None) | ~Q(registration__in=holding.values("registration")))


def forwards_with_health() -> QuerySet[Forward]:
    """Every destination with `backlog`, `oldest_waiting` (a time) and `set_aside`."""
    own = OutboxRow.objects.filter(forward=OuterRef("pk")).order_by()
    waiting = own.filter(state=DeliveryState.WAITING)
    oldest = waiting.order_by("statement_id").values("statement__stored")[:1]
    return Forward.objects.annotate(
        backlog=_count(waiting),
        oldest_waiting=Subquery(oldest),
        set_aside=_count(own.filter(state=DeliveryState.SET_ASIDE)),
    )


def outbox_set_aside(*, forward: Forward) -> QuerySet[OutboxRow]:
    """What a destination refused, the newest answers first."""
    rows = forward.outbox.filter(state=DeliveryState.SET_ASIDE).select_related("statement")
    return rows.order_by(F("answered_at").desc(nulls_last=True), "-pk")


def statements_stored_count(*, since: dt.datetime, until: dt.datetime) -> int:
    """How many statements were stored after `since`, up to `until`."""
    return Statement.objects.filter(
        id__gte=first_sequence_after(since), id__lt=first_sequence_after(until)
    ).count()


def database_now() -> dt.datetime:
    """The time on the clock that gives `stored`: the database's where it has one."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: dt.datetime = cursor.fetchone()[0]
    return now


def _count(rows: QuerySet[OutboxRow]) -> Any:
    count = rows.values("forward").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(count, output_field=BigIntegerField()), 0)
