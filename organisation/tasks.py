"""What the organisation does in the background."""

from __future__ import annotations

from django_tasks import task

from organisation.rosters.work import roster_run, roster_wake


@task()
def roster_go_on(roster_id: int) -> None:
    """Go on with a staff list; queues itself again while anything is left."""
    roster_run(roster_id=roster_id)


@task()
def roster_watch(roster_id: int) -> None:
    """Go on with a staff list whose worker was killed."""
    roster_wake(roster_id=roster_id)
