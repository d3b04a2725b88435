"""Deciding which mails are sent: never twice, not too often, not to those who do not want them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone

from notifications.enums import COUNTED, DeliveryState, SkipReason
from notifications.messages import Message
from notifications.models import Delivery, Run, Said, Unsubscription
from notifications.registry import category_of

QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of a batch: keys, what was said, who does not want what, and how
    many mails each person got lately."""

    keys: frozenset[str]
    said: frozenset[str]
    unsubscribed: frozenset[tuple[uuid.UUID, str]]
    recent: Mapping[uuid.UUID, int]


@transaction.atomic
def deliveries_queue(*, messages: Sequence[Message], run: Run | None = None) -> dict[str, int]:
    """Queue these mails; answers how many are `queued` and how many skipped, by reason.

    Each is kept with its state, so that the log also tells what was not sent. A mail that was
    queued before, or that says nothing new, leaves no trace. Six queries, whatever the number.
    """
    fresh = _fresh(messages, known := _known(messages))
    sent_lately: Counter[uuid.UUID] = Counter(known.recent)
    deliveries, said = [], []
    for message, covers in fresh:
        reason = _reason_to_skip(message, known, sent_lately[message.recipient])
        delivery = _delivery(message, run, reason)
        deliveries.append(delivery)
        if reason is None:
            sent_lately[message.recipient] += 1
        if reason != SkipReason.CAPPED:  # what the limit held back may still be said later
            said += [Said(key=key, delivery=delivery) for key in covers]
    Delivery.objects.bulk_create(deliveries, batch_size=200)
    Said.objects.bulk_create(said, batch_size=1000)
    return dict(Counter(one.skip_reason or QUEUED for one in deliveries))


def deliveries_foresee(
    *, messages: Sequence[Message], among: QuerySet[Any, uuid.UUID] | None = None
) -> dict[str, SkipReason | None]:
    """What queueing these would answer now, by key: the reason to skip a mail, None if it would be
    sent. What would leave no trace is not there. Their bodies are not looked at. Four queries;
    `among` is one that finds all recipients, if there is one, for they may be thousands."""
    fresh = _fresh(messages, known := _known(messages, among))
    sent_lately: Counter[uuid.UUID] = Counter(known.recent)
    found: dict[str, SkipReason | None] = {}
    for message, _covers in fresh:
        reason = _reason_to_skip(message, known, sent_lately[message.recipient])
        sent_lately[message.recipient] += reason is None
        found[message.key] = reason
    return found


def _known(messages: Sequence[Message], among: QuerySet[Any, uuid.UUID] | None = None) -> _Known:
    recipients = {one.recipient for one in messages} if among is None else among
    covers = {key for one in messages for key in one.covers}
    since = timezone.now() - dt.timedelta(days=settings.NOTIFICATIONS_CAP_DAYS)
    recent = (
        Delivery.objects.filter(recipient__in=recipients, created_at__gt=since, state__in=COUNTED)
        .order_by()
        .values_list("recipient")
        .annotate(number=Count("pk"))
    )
    keys = Delivery.objects.filter(key__in=[one.key for one in messages])
    unwanted = Unsubscription.objects.filter(recipient__in=recipients)
    return _Known(
        keys=frozenset(keys.values_list("key", flat=True)),
        said=frozenset(Said.objects.filter(key__in=covers).values_list("key", flat=True)),
        unsubscribed=frozenset(unwanted.values_list("recipient", "category")),
        recent=dict(recent),
    )


def _fresh(messages: Iterable[Message], known: _Known) -> list[tuple[Message, list[str]]]:
    """Mails that were not queued yet, with those of their covers that were not said yet."""
    keys, said = set(known.keys), set(known.said)
    fresh = []
    for message in messages:
        covers = [key for key in dict.fromkeys(message.covers) if key not in said]
        if message.key in keys or (message.covers and not covers):
            continue
        keys.add(message.key)
        said.update(covers)
        fresh.append((message, covers))
    return fresh


def _reason_to_skip(message: Message, known: _Known, sent_lately: int) -> SkipReason | None:
    if not _is_address(message.address):
        return SkipReason.NO_ADDRESS
    if (message.recipient, message.category) in known.unsubscribed:
        return SkipReason.UNSUBSCRIBED
    is_limited = category_of(message.category).is_limited
    return SkipReason.CAPPED if is_limited and sent_lately >= settings.NOTIFICATIONS_CAP else None


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _delivery(message: Message, run: Run | None, reason: SkipReason | None) -> Delivery:
    now = timezone.now()
    return Delivery(
        run=run,
        category=message.category,
        key=message.key,
        recipient=message.recipient,
        address="" if reason == SkipReason.NO_ADDRESS else message.address.lower(),
        reply_to=message.reply_to,
        subject=" ".join(message.subject.split())[:200],
        text="" if reason else message.text,
        html="" if reason else message.html,
        state=DeliveryState.SKIPPED if reason else DeliveryState.QUEUED,
        skip_reason=reason or "",
        created_at=now,
        next_attempt_at=now,
        expires_at=now + dt.timedelta(days=settings.NOTIFICATIONS_EXPIRE_DAYS),
    )
