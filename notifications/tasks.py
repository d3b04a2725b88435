"""What is sent and composed in the background."""

from __future__ import annotations

from django_tasks import task

from notifications.models import Run
from notifications.services import deliveries_send, deliveries_wake, run_compose


@task()
def deliveries_send_pending() -> None:
    """Send what is queued; queues itself again while anything waits."""
    next_at = deliveries_send()
    if next_at is not None:
        deliveries_wake(next_at)


@task()
def run_go_on(run_id: int) -> None:
    """Compose what is left of a run that an operator takes up again."""
    run_compose(run=Run.objects.get(pk=run_id))
