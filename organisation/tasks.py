"""What the organisation does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from organisation.rosters.work import roster_run, roster_wake
from organisation.services import access_proofs_forget


@task()
def proofs_forget() -> None:
    """Delete the proofs whose time is over; the audit log says how many."""
    access_proofs_forget(now=timezone.now())


@task()
def roster_go_on(roster_id: int) -> None:
    """Go on with a staff list; queues itself again while anything is left."""
    roster_run(roster_id=roster_id)


@task()
def roster_watch(roster_id: int) -> None:
    """Go on with a staff list whose worker was killed."""
    roster_wake(roster_id=roster_id)
