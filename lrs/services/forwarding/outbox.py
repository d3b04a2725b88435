"""Writing the outbox, and waking the worker that empties it.

Rows go in with the statements, in one transaction. A process remembers for `KNOWN_FOR` seconds that
there is no destination at all, so that a store without any pays nothing; what it misses of a new
destination in that time, that destination's first replay brings (`filling`).
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends

from lrs.enums import ForwardState
from lrs.models import Forward, OutboxRow
from lrs.projectors import StoredStatement

KNOWN_FOR = 2.0
"""Seconds for which a process believes that there is no destination."""

WAKE_DELAY = dt.timedelta(seconds=3)
"""What is stored within this time is sent by one task."""

_none_until = 0.0
_awake_until: dict[int, float] = {}


def outbox_write(stored: Sequence[StoredStatement]) -> None:
    """Put statements that are being stored on their way to whoever wants them.

    To be called inside the transaction that stores them. One insertion for the batch.
    """
    if not stored or time.monotonic() < _none_until:
        return
    forwards = _forwards()
    rows = [
        outbox_row(forward, item.sequence, item.registration)
        for forward in forwards
        for item in stored
        if wants(forward, item.verb, item.activity_id)
    ]
    if not rows:
        return
    OutboxRow.objects.bulk_create(rows, ignore_conflicts=True)
    wanted_by = {row.forward_id for row in rows}
    active = [one.pk for one in forwards if one.state == ForwardState.ACTIVE]
    ids = [pk for pk in active if pk in wanted_by]
    transaction.on_commit(partial(forwards_wake, ids), robust=True)


def outbox_row(forward: Forward, sequence: int, registration: uuid.UUID | None) -> OutboxRow:
    """A row that waits."""
    return OutboxRow(forward_id=forward.pk, statement_id=sequence, registration=registration)


def wants(forward: Forward, verb: str, activity_id: str | None) -> bool:
    """Whether the filters of a destination let a statement through; both must."""
    return (not forward.verbs or verb in forward.verbs) and (
        not forward.activities or activity_id in forward.activities
    )


def destinations_changed() -> None:
    """Forget what this process believes about the destinations."""
    global _none_until
    _none_until = 0.0
    _awake_until.clear()


def forwards_wake(ids: Iterable[int]) -> None:
    """See to it that a task sends for each of these destinations soon."""
    for forward_id in ids:
        if time.monotonic() >= _awake_until.get(forward_id, 0.0):
            _awake_until[forward_id] = time.monotonic() + WAKE_DELAY.total_seconds() / 2
            forward_wake(forward_id, timezone.now() + WAKE_DELAY)


def forward_wake(forward_id: int, at: dt.datetime) -> None:
    """Queue a task for `at`, unless one is queued that will run until then."""
    now = timezone.now()
    unqueued = Q(wake_at=None) | Q(wake_at__lte=now) | Q(wake_at__gt=at)
    if Forward.objects.filter(unqueued, pk=forward_id).update(wake_at=at):
        _enqueue(forward_id, at if at > now else None)


def forward_watch(forward_id: int, at: dt.datetime) -> None:
    """Queue a task for `at` in case the worker that sends now is killed; one in that time."""
    unqueued = Q(watch_at=None) | Q(watch_at__lte=timezone.now())
    if Forward.objects.filter(unqueued, pk=forward_id).update(watch_at=at):
        _enqueue(forward_id, at)


def _enqueue(forward_id: int, run_after: dt.datetime | None) -> None:
    """A backend that cannot wait runs the task now, and leaves later ones to the command."""
    from lrs.tasks import forward_send  # the task stands above the services

    backend = task_backends[forward_send.backend]
    if run_after is None:
        forward_send.enqueue(forward_id)
    elif backend.supports_defer:
        forward_send.using(run_after=run_after).enqueue(forward_id)


def _forwards() -> list[Forward]:
    global _none_until
    forwards = list(
        Forward.objects.exclude(state=ForwardState.CLOSED).only(
            "pk", "verbs", "activities", "state"
        )
    )
    if not forwards:
        _none_until = time.monotonic() + KNOWN_FOR
    return forwards
