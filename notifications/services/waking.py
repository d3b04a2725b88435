"""Seeing to it that a background task sends what is queued."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django_tasks import task_backends


def deliveries_wake(at: dt.datetime | None = None) -> None:
    """Queue a task that sends, now or at a time. One too many does no harm: mails are claimed.

    A backend that cannot wait leaves later ones to the next timer.
    """
    from notifications.tasks import deliveries_send_pending  # the task stands above the services

    backend = task_backends[deliveries_send_pending.backend]
    if at is None or at <= timezone.now():
        deliveries_send_pending.enqueue()
    elif backend.supports_defer:
        deliveries_send_pending.using(run_after=at).enqueue()
