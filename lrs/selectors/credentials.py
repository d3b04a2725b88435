"""Reading credentials: the one behind a request, and what happened to each."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from typing import Any

from django.db import connection

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
    with connection.cursor() as cursor:
        cursor.execute(_BY_KEY, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    values = [_read(name, value) for name, value in zip(_TO_AUTHENTICATE, row, strict=True)]
    return Credential.from_db(connection.alias, _TO_AUTHENTICATE, values)


def credential_history(*, credential: Credential) -> list[AuditEntry]:
    """The acts on a credential in the audit log, newest first, each with its actor."""
    return list(
        AuditEntry.objects.filter(
            target=credential.key, action__startswith=AUDIT_PREFIX
        ).select_related("actor")
    )


def _read(name: str, value: Any) -> Any:
    """A value as the model has it: SQLite gives texts, and times without their zone."""
    match name, value:
        case "uid", str():
            return uuid.UUID(value)
        case "scopes", str():
            return json.loads(value)
        case _, dt.datetime(tzinfo=None):
            return value.replace(tzinfo=dt.UTC)
    return value
