"""Putting a span of the past into a destination's outbox.

A new destination begins with such a span: it receives every statement stored since it was made,
even those of writers that did not know of it yet. That span ends when all of them must have heard
of it and have committed; nothing is sent before, or a later statement could overtake an earlier.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from lrs.enums import DeliveryState
from lrs.models import Forward, OutboxRow, Replay, Statement
from lrs.selectors import (
    StatementFilter,
    consistent_through,
    database_now,
    statements_page,
    stored_statement,
)
from lrs.services.forwarding import outbox

PAGE = 500


def replays_fill(forward: Forward, *, may_go_on: Callable[[], bool]) -> bool:
    """Go on with the destination's replays; answers whether none is left unfinished.

    Each page is one transaction, so that whoever is killed begins where the last one ended.
    `may_go_on` is asked before each.
    """
    for replay in forward.replays.filter(finished_at=None).order_by("pk"):
        if not _is_settled(replay):
            return False
        while replay.finished_at is None:
            if not may_go_on():
                return False
            _fill_page(replay)
    return True


def _is_settled(replay: Replay) -> bool:
    """Whether every statement of the span can be seen by now."""
    if replay.until is None:
        replay.until = database_now() + dt.timedelta(seconds=outbox.KNOWN_FOR)
        replay.save(update_fields=["until"])
    if connection.vendor == "postgresql":
        return consistent_through() > replay.until
    # The transaction that fills takes the only write lock: all that began before it has ended.
    return timezone.now() > replay.until


def _fill_page(replay: Replay) -> None:
    with transaction.atomic():
        page = statements_page(wanted=_wanted(replay), limit=PAGE, after=replay.position_sequence)
        replay.read += len(page.statements)
        replay.queued += _queue(replay, page.statements)
        if page.next is None:
            replay.finished_at = timezone.now()
        else:
            replay.position_sequence = page.next
        replay.save()


def _wanted(replay: Replay) -> StatementFilter:
    """A first replay is not bounded above: what it finds twice does no harm."""
    until = replay.until if replay.sends_again else None
    return StatementFilter(since=replay.since, until=until, ascending=True, is_voided=None)


def _queue(replay: Replay, statements: list[Statement]) -> int:
    forward = replay.forward
    items = [stored_statement(row) for row in statements]
    wanted = [item for item in items if outbox.wants(forward, item.verb, item.activity_id)]
    rows = [outbox.outbox_row(forward, item.sequence, item.registration) for item in wanted]
    if replay.sends_again:
        again = forward.outbox.filter(statement_id__in=[item.sequence for item in wanted])
        outbox_reset(again.exclude(state=DeliveryState.WAITING))
    OutboxRow.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def outbox_reset(rows: QuerySet[OutboxRow]) -> int:
    """Let rows wait again, as if they were new; what was answered stays until the next answer."""
    return rows.update(state=DeliveryState.WAITING, attempts=0, next_attempt_at=None, sent_at=None)
