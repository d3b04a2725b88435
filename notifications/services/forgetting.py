"""What is not kept: of somebody who was erased, and of what is long past."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from notifications.enums import PENDING, DeliveryState, SkipReason
from notifications.models import Delivery, Said, Unsubscription

KEEP_SAID = dt.timedelta(days=60)
"""Longer than anything may be made up for; afterwards nobody asks whether it was said."""

_BATCH, _BATCHES = 1000, 50


@transaction.atomic
def recipient_forget(*, recipient: uuid.UUID) -> None:
    """Send nothing more to this person, and keep neither her address nor what she was told.

    That mails went out stays in the log, under the opaque uid.
    """
    own = Delivery.objects.filter(recipient=recipient)
    own.filter(state__in=PENDING).update(
        state=DeliveryState.SKIPPED, skip_reason=SkipReason.NO_ADDRESS
    )
    own.update(address="", reply_to="", subject="", text="", html="")
    Said.objects.filter(delivery__recipient=recipient).delete()
    Unsubscription.objects.filter(recipient=recipient).delete()


def log_prune() -> None:
    """Forget mails that are older than the log is kept, and what was said long ago.

    A limited number at a time; the next run goes on.
    """
    now = timezone.now()
    kept_from = now - dt.timedelta(days=settings.NOTIFICATIONS_KEEP_DAYS)
    _delete(Said.objects.filter(delivery__created_at__lt=now - KEEP_SAID))
    _delete(Delivery.objects.filter(created_at__lt=kept_from).exclude(state__in=PENDING))


def _delete(rows: models.QuerySet[Said] | models.QuerySet[Delivery]) -> None:
    for _turn in range(_BATCHES):
        old = list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH])
        if not old:
            return
        rows.model._default_manager.filter(pk__in=old).delete()
