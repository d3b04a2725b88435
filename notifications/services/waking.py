"""Seeing to it that a background task sends what is queued."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends

from notifications.models import Wake

DELAY = dt.timedelta(seconds=3)
"""What is queued within this time is sent by one task."""

_ROW = 1


def deliveries_wake(at: dt.datetime | None = None) -> None:
    """Queue a task that sends soon, or at a time, unless one is queued that will run until then.

    A backend that cannot wait sends at once, and leaves later ones to the next timer.
    """
    from notifications.tasks import deliveries_send_pending  # the task stands above the services

    soon = timezone.now() + DELAY
    at = soon if at is None else max(at, soon)
    backend = task_backends[deliveries_send_pending.backend]
    if not backend.supports_defer:
        if at <= soon:
            deliveries_send_pending.enqueue()
    elif _is_first(at):
        deliveries_send_pending.using(run_after=at).enqueue()


def _is_first(at: dt.datetime) -> bool:
    """Whether nobody else has queued a task that runs between now and `at`."""
    Wake.objects.get_or_create(pk=_ROW)
    unqueued = Q(at=None) | Q(at__lte=timezone.now()) | Q(at__gt=at)
    return bool(Wake.objects.filter(unqueued, pk=_ROW).update(at=at))
