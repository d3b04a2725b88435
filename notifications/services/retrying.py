"""What operators ask for: trying mails again, and going on with a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notifications.enums import DeliveryState, RunState
from notifications.models import Delivery, Run
from notifications.services.runs import run_start
from notifications.services.waking import deliveries_wake
from users.models import User
from users.services import audit_record

RETRIABLE = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)


def deliveries_retry(*, actor: User | None, deliveries: Collection[int] | None = None) -> int:
    """Queue failed mails again: these, or all that failed. Answers how many.

    An uncertain one goes again only when it is named, for it may have arrived. It keeps its
    Message-ID, by which many mail systems drop a second copy.
    """
    rows = Delivery.objects.exclude(text="")
    if deliveries is None:
        rows = rows.filter(state=DeliveryState.FAILED)
    else:
        rows = rows.filter(state__in=RETRIABLE, pk__in=deliveries)
    now = timezone.now()
    with transaction.atomic():
        runs = list(rows.exclude(run=None).order_by().values_list("run", flat=True).distinct())
        count = rows.update(
            state=DeliveryState.QUEUED,
            attempts=0,
            next_attempt_at=now,
            claimed_at=None,
            expires_at=now + dt.timedelta(days=settings.NOTIFICATIONS_EXPIRE_DAYS),
        )
        Run.objects.filter(pk__in=runs, composed_at__isnull=False).update(
            state=RunState.SENDING, finished_at=None, heartbeat_at=now
        )
        target = f"{count} deliveries" if deliveries is None else f"deliveries {[*deliveries]}"
        audit_record(actor=actor, action="notifications.retry", target=target[:255])
    if count:
        deliveries_wake()
    return count


def run_resume_request(*, run: Run, actor: User | None) -> None:
    """Go on with a run in the background, wherever it stopped."""
    from notifications.tasks import run_go_on  # the task stands above the services

    audit_record(actor=actor, action="notifications.resume", target=str(run))
    run_start(kind=run.kind, period=run.period)
    run_go_on.enqueue(run.pk)
    deliveries_wake()
