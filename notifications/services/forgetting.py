"""What erasing somebody means here."""

from __future__ import annotations

import uuid

from django.db import transaction

from notifications.enums import PENDING, DeliveryState, SkipReason
from notifications.models import Delivery, Said, Unsubscription


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
