"""Where a document is kept: its context, and its id within that (Part Three 2.2 to 2.7)."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass

from lrs.models import DocumentKind


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """What documents belong to: an activity, an agent, or for state both and a registration.

    `activity` and `agent` are keys of `lrs.keys`, empty where the kind has none.
    """

    kind: DocumentKind
    activity: str = ""
    agent: str = ""
    registration: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class DocumentAddress:
    """One document: stateId or profileId in its context."""

    context: DocumentContext
    document_id: str

    @property
    def key(self) -> str:
        """64 hexadecimal digits; two addresses are the same exactly when these are equal."""
        context = self.context
        parts = [
            context.kind.value,
            context.activity,
            context.agent,
            str(context.registration or ""),
            self.document_id,
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
