"""Messages and deliveries."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from notifications.messages import Message
from notifications.models import Delivery
from notifications.services import deliveries_queue

OPTIONAL, COMPULSORY = "test-optional", "test-compulsory"
_numbers = itertools.count(1)


def message(address: str | None = None, **fields: Any) -> Message:
    """A mail to somebody new, unless told otherwise."""
    number = next(_numbers)
    key = fields.pop("key", f"test:{number}")
    values: dict[str, Any] = {
        "category": COMPULSORY,
        "recipient": uuid.uuid4(),
        "address": f"agent{number}@hopital.test" if address is None else address,
        "key": key,
        "covers": (f"{key}:said",),
        "subject": f"Objet {number}",
        "text": f"Texte {number}\n",
        "html": f"<p>Texte {number}</p>",
    }
    return Message(**{**values, **fields})


def queued(*addresses: str, **fields: Any) -> list[Delivery]:
    """A delivery that waits for each of these addresses, in their order."""
    messages = [message(address, **fields) for address in addresses]
    deliveries_queue(messages=messages)
    found = {one.key: one for one in Delivery.objects.filter(key__in=[m.key for m in messages])}
    return [found[one.key] for one in messages]
