"""Running the ledger in the background, as far as somebody needs it.

Nobody waits for it: readers count people where the ledger is behind. So it is woken by a reader who
had to, and every night, when what stands is also proved by counting everybody anew.
"""

from __future__ import annotations

import datetime as dt
import time

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends

from reporting.ledger.models import LedgerState
from reporting.ledger.services import (
    OvertakenError,
    house_rebuild,
    houses_advance,
    ledger_fold,
    stale_houses,
)

RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

RUNNING = dt.timedelta(minutes=10)
"""After so long a task that was queued is taken for lost."""

NIGHT = dt.time(2, 30)
"""When the night's run begins, local time."""


def ledger_wake_later() -> None:
    """Wake it once what the caller does is written, if it writes at all."""
    transaction.on_commit(lambda: ledger_wake(timezone.now()))


def ledger_wake(now: dt.datetime) -> None:
    """Queue the work, unless it is queued or going on; and the coming night's."""
    from reporting.tasks import ledger_go_on, ledger_night  # the tasks stand above

    LedgerState.objects.get_or_create(pk=1)
    idle = Q(running_until=None) | Q(running_until__lt=now)
    if LedgerState.objects.filter(idle, pk=1).update(running_until=now + RUNNING):
        ledger_go_on.enqueue()
    if not task_backends[ledger_night.backend].supports_defer:
        return
    at = _next_night(now)
    unqueued = Q(night_at=None) | Q(night_at__lte=now)
    if LedgerState.objects.filter(unqueued, pk=1).update(night_at=at):
        ledger_night.using(run_after=at).enqueue()


def ledger_release() -> None:
    """Nothing is queued or going on any more."""
    LedgerState.objects.filter(pk=1).update(running_until=None)


def ledger_extend(now: dt.datetime) -> None:
    """Another task is queued."""
    LedgerState.objects.filter(pk=1).update(running_until=now + RUNNING)


def ledger_run(*, seconds: float = RUN_SECONDS) -> bool:
    """Fold what waits, count what is stale, bring the rest to today; whether all is done."""
    day = timezone.localdate()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if not (ledger_fold() or _rebuild_one(day) or houses_advance(day=day)):
                return True
        except OvertakenError:
            continue
    return False


def _rebuild_one(day: dt.date) -> bool:
    houses = stale_houses(limit=1)
    for house in houses:
        house_rebuild(establishment=house, day=day)
    return bool(houses)


def _next_night(now: dt.datetime) -> dt.datetime:
    today = timezone.localtime(now)
    at = dt.datetime.combine(today.date(), NIGHT, tzinfo=today.tzinfo)
    return at if at > now else at + dt.timedelta(days=1)
