"""What reporting does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from reporting.ledger.proving import ledger_prove
from reporting.ledger.running import ledger_extend, ledger_release, ledger_run, ledger_wake
from reporting.services import last_month_over, snapshots_freeze


@task()
def ledger_go_on() -> None:
    """Go on with the ledger; queues itself again while anything is left."""
    if ledger_run():
        ledger_release()
        return
    ledger_extend(timezone.now())
    ledger_go_on.enqueue()


@task()
def ledger_night() -> None:
    """Freeze the month that is over, if nobody did; prove the ledger, and go on with it. The next
    night is queued first, should this one be killed."""
    ledger_wake(timezone.now())
    snapshots_freeze(month_end=last_month_over())
    ledger_prove(day=timezone.localdate())
