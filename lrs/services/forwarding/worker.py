"""Emptying the outbox of one destination."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from lrs.client import LrsClient
from lrs.enums import DeliveryState, ForwardState
from lrs.models import Forward, OutboxRow
from lrs.selectors import consistent_through, outbox_due, outbox_next_at
from lrs.services.forwarding.delivery import Delivery, forward_halt
from lrs.services.forwarding.filling import replays_fill
from lrs.services.forwarding.lease import DURATION, Lease, lease_take
from lrs.services.forwarding.outbox import forward_wake, forward_watch
from lrs.services.forwarding.payload import Parcel, parcel
from users.sealing import SealBroken, unseal

RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

TIMEOUT = 30.0
MAX_BATCH_SIZE = 4 * 1024 * 1024
"""Characters of statements in one request; many stores refuse more than some megabytes."""

KEEP_SENT = dt.timedelta(days=30)
_SOON = dt.timedelta(seconds=1)


def forward_run(*, forward_id: int, seconds: float = RUN_SECONDS) -> dt.datetime | None:
    """Send what waits for a destination, for `seconds` at most, and queue what is left.

    Answers when there will be something to do again; None if nothing waits, if the destination is
    not active, or if another worker is at it.
    """
    lease = lease_take(forward_id)
    if lease is None:
        return None
    deadline = time.monotonic() + seconds
    if _next_at(Forward.objects.get(pk=forward_id)) is not None:
        forward_watch(forward_id, timezone.now() + DURATION)
    try:
        _work(lease, lambda: time.monotonic() < deadline and lease.extend())
    finally:
        lease.release()
    at = _next_at(Forward.objects.get(pk=forward_id))
    if at is not None:
        forward_wake(forward_id, at)
    return at


def forwards_run_all(*, seconds: float = RUN_SECONDS) -> dt.datetime | None:
    """Run every active destination once; answers when the first has something to do again."""
    active = Forward.objects.filter(state=ForwardState.ACTIVE).order_by("pk")
    times = [
        forward_run(forward_id=pk, seconds=seconds) for pk in active.values_list("pk", flat=True)
    ]
    return min((at for at in times if at is not None), default=None)


def _work(lease: Lease, may_go_on: Callable[[], bool]) -> None:
    forward = Forward.objects.get(pk=lease.forward_id)
    if not replays_fill(forward, may_go_on=may_go_on) or _has_to_wait(forward):
        return
    try:
        secret = unseal(forward.sealed_secret)
    except SealBroken:
        forward_halt(forward, _("Le secret est illisible : SECRET_KEY a changé. Ressaisissez-le."))
        return
    with LrsClient(
        forward.endpoint, forward.key, secret, version=forward.version, timeout=TIMEOUT
    ) as client:
        _send_all(Delivery(forward, client, lease), may_go_on)
    _forget_sent(forward)


def _send_all(delivery: Delivery, may_go_on: Callable[[], bool]) -> None:
    while may_go_on():
        parcels = _take(delivery)
        if not parcels:
            return
        sendable = [item for item in parcels if not item.obstacle]
        for item in parcels:
            if item.obstacle:
                delivery.set_aside(item, item.obstacle)
        if sendable and not delivery.send_batch(sendable):
            return


def _take(delivery: Delivery) -> list[Parcel]:
    rows = outbox_due(forward=delivery.forward, through=consistent_through(), limit=delivery.limit)
    return [parcel(row, delivery.forward.version) for row in _together(rows)]


def _together(rows: Sequence[OutboxRow]) -> Sequence[OutboxRow]:
    """The beginning of `rows` that may go in one request.

    What is under suspicion goes alone, and what has attachments, for their data may be large.
    """
    size = 0
    for index, row in enumerate(rows):
        size += len(row.statement.payload)
        is_special = row.attempts or '"attachments"' in row.statement.payload
        if is_special or size > MAX_BATCH_SIZE:
            return rows[: max(index, 1)]
    return rows


def _has_to_wait(forward: Forward) -> bool:
    return forward.next_attempt_at is not None and forward.next_attempt_at > timezone.now()


def _next_at(forward: Forward) -> dt.datetime | None:
    if forward.state != ForwardState.ACTIVE:
        return None
    soon = timezone.now() + _SOON
    if forward.replays.filter(finished_at=None).exists():
        return soon
    at = outbox_next_at(forward=forward)
    return None if at is None else max(at, soon)


def _forget_sent(forward: Forward) -> None:
    """The target has it, and so has the record here: the row has served."""
    old = forward.outbox.filter(
        state=DeliveryState.SENT, sent_at__lt=timezone.now() - KEEP_SENT
    ).order_by("sent_at")
    OutboxRow.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:500])).delete()
