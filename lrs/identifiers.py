"""Names that stand in statements: activities, actors, statement ids.

All of them come from one fixed setting, never from a host or a port, because they are part of the
record. The uids are opaque; no name and no e-mail address ever stands in an actor.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

ANONYMOUS_NAME = "anonymous"


def home_page() -> str:
    """The `homePage` of every account that this platform issues."""
    base: str = settings.XAPI_BASE_IRI
    return base.rstrip("/")


def activity_iri(kind: str, uid: uuid.UUID | str) -> str:
    """The stable id of an activity, such as ``…/activities/module/<uid>``."""
    return f"{home_page()}/activities/{kind}/{uid}"


def activity_uid(kind: str, iri: str) -> uuid.UUID | None:
    """The uid in an activity id of this platform and `kind`; None for any other id."""
    prefix = activity_iri(kind, "")
    if not iri.startswith(prefix):
        return None
    try:
        return uuid.UUID(iri.removeprefix(prefix))
    except ValueError:
        return None


def account_agent(name: uuid.UUID | str) -> dict[str, Any]:
    """The xAPI Agent of a person, an establishment or the anonymous constant, by account."""
    return {
        "objectType": "Agent",
        "account": {"homePage": home_page(), "name": str(name)},
    }


def statement_uuid(verb: str, row_uid: uuid.UUID) -> uuid.UUID:
    """The id of the statement that says that `verb` happened to the stored row `row_uid`.

    The same row and verb always give the same id, so that a retry is harmless. Nobody outside can
    tell it beforehand, though uids stand in statements: whoever could would store another statement
    under the id first, and the platform's own would be refused.
    """
    name = salted_hmac("lrs.statement", f"{verb} {row_uid}", algorithm="sha256").hexdigest()
    return uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, home_page()), name)
