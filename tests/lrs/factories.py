"""Statements and credentials for the tests."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from lrs.identifiers import account_agent
from lrs.models import Credential
from lrs.services import StatementSource, credential_create, source_of
from lrs.xapi.vocabulary import verbs

ACTIVITY = "https://example.org/activities/module/1"
TIMESTAMP = "2026-03-01T08:00:00.000Z"


def statement(**changes: Any) -> dict[str, Any]:
    """A small valid statement with an id and a timestamp; `changes` replace properties.

    A value of None takes the property away.
    """
    result = {
        "id": str(uuid.uuid4()),
        "actor": account_agent(uuid.UUID(int=1)),
        "verb": {"id": verbs.COMPLETED, "display": {"en": "completed"}},
        "object": {"objectType": "Activity", "id": ACTIVITY},
        "timestamp": TIMESTAMP,
        **changes,
    }
    return {key: value for key, value in result.items() if value is not None}


def voiding(statement_id: str, **changes: Any) -> dict[str, Any]:
    """A statement that voids another."""
    return statement(
        verb={"id": verbs.VOIDED},
        object={"objectType": "StatementRef", "id": statement_id},
        **changes,
    )


def credential(scope: str = "all", **fields: Any) -> tuple[Credential, dict[str, str]]:
    """A credential and the headers with which a test client uses it, for xAPI 2.0."""
    made, secret = credential_create(name="Test", scope=scope, **fields)
    return made, headers(made.key, secret)


def headers(key: str, secret: str, version: str = "2.0.0") -> dict[str, str]:
    token = base64.b64encode(f"{key}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {token}", "X-Experience-API-Version": version}


def outside(**fields: Any) -> StatementSource:
    """An outside source with all rights, not trusted unless `is_trusted` says so."""
    made, _headers = credential(**fields)
    return source_of(made)
