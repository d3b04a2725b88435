"""Reading credentials: the one behind a request, and what happened to each."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from lrs import libpq
from lrs.models import Credential
from users.models import AuditEntry

AUDIT_PREFIX = "lrs.credential."
"""How the acts on credentials begin in the audit log; their target is the credential's key."""

_TO_AUTHENTICATE = (
    "id",
    "uid",
    "secret_hash",
    "previous_secret_hash",
    "previous_secret_until",
    "scopes",
    "is_trusted",
    "expires_at",
    "revoked_at",
    "last_used_at",
)
_BY_KEY = f"SELECT {', '.join(_TO_AUTHENTICATE)} FROM lrs_credential WHERE key = %s"  # noqa: S608


def credential_by_key(*, key: str) -> Credential | None:
    """The credential of this key, with what it takes to judge a secret and its rights.

    Every request of the API asks for this. The ORM takes ten times as long to write the query as
    the database takes to answer it, so the query is written here.
    """
    row = _row(key)
    if row is None:
        return None
    values = [_read(name, value) for name, value in zip(_TO_AUTHENTICATE, row, strict=True)]
    return Credential.from_db(connection.alias, _TO_AUTHENTICATE, values)


def _row(key: str) -> Sequence[Any] | None:
    if connection.vendor == "postgresql":
        rows = libpq.rows(_BY_KEY.replace("%s", "$1").encode(), [key.encode()])
        return [value if value is None else value.decode() for value in rows[0]] if rows else None
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [key])
        row: Sequence[Any] | None = cursor.fetchone()
    return row


def credential_history(*, credential: Credential) -> list[AuditEntry]:
    """The acts on a credential in the audit log, newest first, each with its actor."""
    return list(
        AuditEntry.objects.filter(
            target=credential.key, action__startswith=AUDIT_PREFIX
        ).select_related("actor")
    )


def _read(name: str, value: Any) -> Any:
    """A value as the model has it; the databases give texts, each in its own way."""
    if isinstance(value, dt.datetime) and value.tzinfo is None:
        return value.replace(tzinfo=dt.UTC)
    if not isinstance(value, str):
        return value
    match name:
        case "id":
            return int(value)
        case "uid":
            return uuid.UUID(value)
        case "scopes":
            return json.loads(value)
        case "is_trusted":
            return value == "t"
        case "previous_secret_until" | "expires_at" | "revoked_at" | "last_used_at":
            return dt.datetime.fromisoformat(value)
    return value
