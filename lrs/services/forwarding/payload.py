"""A stored statement as it is sent to another store.

It goes as it was stored, save for what the receiving store sets itself: `stored` (Part Two 2.4.8)
and `authority` (2.4.9). A statement of 2.0 that says nothing that 1.0.3 does not know goes to a
store of 1.0.3 without its `version`; one that does is not sent there at all, for evidence is never
altered.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lrs.models import OutboxRow
from lrs.xapi import versions
from lrs.xapi.jsontext import loads
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs

_SET_BY_THE_RECEIVER = frozenset({"stored", "authority"})


@dataclass(frozen=True, slots=True)
class Parcel:
    """A row of the outbox and what is sent for it; `obstacle` says why it cannot be."""

    row: OutboxRow
    document: dict[str, Any]
    obstacle: str = ""

    @property
    def statement_id(self) -> uuid.UUID:
        return self.row.statement.statement_id

    @property
    def size(self) -> int:
        return len(self.row.statement.payload)

    @property
    def hashes(self) -> set[str]:
        """The SHA-2 of its attachments and of its sub-statement's."""
        return {
            attachment["sha2"].lower()
            for part in (self.document, self.document["object"])
            for attachment in part.get("attachments", ())
        }

    @property
    def is_voiding(self) -> bool:
        return bool(self.document["verb"]["id"] == verbs.VOIDED)


def parcel(row: OutboxRow, version: str) -> Parcel:
    """What goes to a store of `version` for `row`, whose statement is loaded."""
    payload = loads(row.statement.payload)
    document = {key: value for key, value in payload.items() if key not in _SET_BY_THE_RECEIVER}
    if versions.is_v2(version) or not versions.is_v2(document.get("version", versions.V1)):
        return Parcel(row, document)
    del document["version"]
    problems = validate_statement(document, version)
    if not problems:
        return Parcel(row, document)
    first = problems[0]
    obstacle = _("Non envoyée : n’existe pas en xAPI %(version)s (%(path)s : %(message)s).")
    values = {"version": version, "path": first.path, "message": first.message}
    return Parcel(row, document, obstacle % values)
