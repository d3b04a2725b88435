"""Two recipients turn out to be one person."""

from __future__ import annotations

import uuid

from django.db import transaction

from notifications.models import Delivery, Unsubscription


@transaction.atomic
def recipient_merge(*, kept: uuid.UUID, gone: uuid.UUID) -> None:
    """What was sent to `gone`, and what she wants no more, is `kept`'s. May be repeated."""
    Delivery.objects.filter(recipient=gone).update(recipient=kept)
    wanted_no_more = Unsubscription.objects.filter(recipient=kept).values("category")
    left = Unsubscription.objects.filter(recipient=gone)
    left.exclude(category__in=wanted_no_more).update(recipient=kept)
    left.delete()
