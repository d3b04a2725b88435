"""What the training room does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from training.attestations.archiving import archive_run, archive_wake, archives_expire


@task()
def archive_make(archive_id: int) -> None:
    """Go on with an archive; queues itself again while anything is left. Deletes what is old."""
    archives_expire(now=timezone.now())
    archive_run(archive_id=archive_id)


@task()
def archive_watch(archive_id: int) -> None:
    """Go on with an archive whose worker was killed."""
    archive_wake(archive_id=archive_id, now=timezone.now())
