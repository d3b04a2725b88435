"""What the record store does in the background."""

from __future__ import annotations

from django_tasks import task

from lrs.services.forwarding.worker import forward_run


@task()
def forward_send(forward_id: int) -> None:
    """Send what waits for a destination; queues itself again while anything is left."""
    forward_run(forward_id=forward_id)
