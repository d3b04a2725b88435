"""What is not kept: of somebody who was erased, and of what is long past."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models, transaction

from notifications.enums import PENDING, DeliveryState, SkipReason
from notifications.models import Delivery, Said, Unsubscription

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


def log_prune(before: dt.datetime) -> int:
    """Forget mails that were queued before a moment and wait no more; how many. A limited number at
    a time; the next run goes on."""
    return _delete(Delivery.objects.filter(created_at__lt=before).exclude(state__in=PENDING))


def said_prune(before: dt.datetime) -> int:
    """Forget what was said before a moment: longer ago than anything may be made up for, so that
    nobody asks any more whether it was said."""
    return _delete(Said.objects.filter(delivery__created_at__lt=before))


def _delete(rows: models.QuerySet[Said] | models.QuerySet[Delivery]) -> int:
    count = 0
    for _turn in range(_BATCHES):
        old = list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH])
        if not old:
            break
        rows.model._default_manager.filter(pk__in=old).delete()
        count += len(old)
    return count
