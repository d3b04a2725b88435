"""Unsubscribing from a category of mails, and subscribing again."""

from __future__ import annotations

import uuid

from django.db import transaction

from notifications.enums import DeliveryState, SkipReason
from notifications.models import Delivery, Unsubscription
from notifications.registry import category_of


class NotOptional(ValueError):
    """The mails of this category are part of one's work."""


@transaction.atomic
def unsubscribe(*, recipient: uuid.UUID, category: str) -> None:
    """Send this person no more mails of a category, the queued ones included. May be repeated.

    Raises NotOptional for a category that is none of the reader's choice, and KeyError for one that
    does not exist.
    """
    if not category_of(category).is_optional:
        raise NotOptional(category)
    Unsubscription.objects.get_or_create(recipient=recipient, category=category)
    Delivery.objects.filter(
        recipient=recipient, category=category, state=DeliveryState.QUEUED
    ).update(state=DeliveryState.SKIPPED, skip_reason=SkipReason.UNSUBSCRIBED, text="", html="")


def subscribe(*, recipient: uuid.UUID, category: str) -> None:
    """Send this person mails of a category again. May be repeated."""
    Unsubscription.objects.filter(recipient=recipient, category=category).delete()
