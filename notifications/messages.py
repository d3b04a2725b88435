"""A mail before it is queued."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One mail to one person.

    `recipient` is her opaque uid. `key` names this mail, for ever: a second one of the same key is
    dropped. `covers` are keys of what it says, each of which is said once: a mail of which all was
    said before is dropped too.
    """

    category: str
    recipient: uuid.UUID
    address: str
    key: str
    covers: tuple[str, ...]
    subject: str
    text: str
    html: str
    reply_to: str = ""
