"""Running the ledger in the background, as far as somebody needs it.

Nobody waits for it: readers count people where the ledger is behind. So it is woken by a reader who
had to, and by the night.
"""

from __future__ import annotations

import datetime as dt
import time

from django.db.models import Q
from django.utils import timezone

from reporting.ledger.models import LedgerChange, LedgerHouse, LedgerState
from reporting.ledger.services import house_rebuild, houses_advance, ledger_fold, stale_houses

RUN_SECONDS = 20.0
"""How long one task may take, so that other tasks have their turn."""

RUNNING = dt.timedelta(minutes=10)
"""After so long a task that was queued is taken for lost."""


def ledger_wake(now: dt.datetime) -> None:
    """Queue the work, unless it is queued or going on."""
    from reporting.tasks import ledger_go_on  # the task stands above

    LedgerState.objects.get_or_create(pk=1)
    idle = Q(running_until=None) | Q(running_until__lt=now)
    if LedgerState.objects.filter(idle, pk=1).update(running_until=now + RUNNING):
        ledger_go_on.enqueue()


def ledger_run(*, seconds: float = RUN_SECONDS) -> bool:
    """Fold what waits, count what is stale, bring the rest to today; answers whether all is done."""
    day = timezone.localdate()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not (ledger_fold() or _rebuild_one(day) or houses_advance(day=day)):
            return True
    return False


def is_behind() -> bool:
    return (
        LedgerChange.objects.exists()
        or LedgerHouse.objects.filter(is_stale=True).exists()
        or bool(stale_houses(limit=1))
    )


def _rebuild_one(day: dt.date) -> bool:
    houses = stale_houses(limit=1)
    for house in houses:
        house_rebuild(establishment=house, day=day)
    return bool(houses)
