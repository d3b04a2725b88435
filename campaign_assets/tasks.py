"""What the library does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from campaign_assets.kits.services import kit_archive_run, kit_archive_wake


@task()
def kit_make(archive_id: int) -> None:
    """Go on with the ZIP of a kit; queues itself again while anything is left."""
    kit_archive_run(archive_id=archive_id)


@task()
def kit_watch(archive_id: int) -> None:
    """Go on with a ZIP whose worker was killed."""
    kit_archive_wake(archive_id=archive_id, now=timezone.now())
