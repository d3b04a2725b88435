"""Pages that appear and disappear by themselves, at their minute.

Wagtail has a command for a timer. Here the task queue is the timer: whoever schedules a page queues
the command for that moment. A queue that cannot wait leaves it to a timer of the operators'.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.utils import timezone
from django_tasks import task_backends
from wagtail.models import Revision
from wagtail.signals import page_published

LATER = dt.timedelta(seconds=1)
"""So that the moment has passed when the command looks."""


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_revision_saved, sender=Revision, dispatch_uid="content.scheduling.revision")
    page_published.connect(_page_published, dispatch_uid="content.scheduling.page")


def _revision_saved(sender: type, instance: Revision, **kwargs: Any) -> None:
    _look_at(instance.approved_go_live_at)


def _page_published(sender: type, instance: Any, **kwargs: Any) -> None:
    _look_at(instance.expire_at)


def _look_at(moment: dt.datetime | None) -> None:
    """Queue the command for `moment`, if it is still to come."""
    if moment is None or moment <= timezone.now():
        return
    from content.tasks import pages_due  # the task stands above

    if task_backends[pages_due.backend].supports_defer:
        at = moment + LATER
        transaction.on_commit(lambda: pages_due.using(run_after=at).enqueue())
