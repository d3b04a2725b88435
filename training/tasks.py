"""What the training room does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from training.attestations.archiving import archive_run, archives_expire


@task()
def archive_make(archive_id: int) -> None:
    """Go on with an archive; queues itself again while anything is left. Deletes what is old."""
    archives_expire(now=timezone.now())
    archive_run(archive_id=archive_id)
