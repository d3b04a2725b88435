"""Lookup keys: what the filters compare, short enough for every database index.

An IRI may be of any length, and an account name may hold any character; an index row may not. A
long or awkward text is looked up by its SHA-256, everything else as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from lrs.xapi.agents import identifier_key

MAX_LENGTH = 255


def lookup_key(text: str) -> str:
    """`text` itself, or its hash if it is longer than 255 characters or holds a NUL."""
    if len(text) <= MAX_LENGTH and "\x00" not in text:
        return text
    return "sha256 " + hashlib.sha256(text.encode()).hexdigest()


def agent_key(agent: Mapping[str, Any]) -> str:
    """The key of an agent or identified group; empty for an anonymous group."""
    identifier = identifier_key(agent)
    return lookup_key(identifier) if identifier else ""


def reference_key(statement_id: str) -> str:
    """The key of a statement as the object of another."""
    return f"statement {statement_id.lower()}"


def object_key(obj: Mapping[str, Any]) -> str:
    """The key of a statement's object; empty for a sub-statement and an anonymous group.

    The keys of agents and statements contain a space, so they never meet an activity's IRI.
    """
    kind = obj.get("objectType", "Activity")
    if kind == "Activity":
        return lookup_key(obj["id"])
    if kind in ("Agent", "Group"):
        return agent_key(obj)
    if kind == "StatementRef":
        return reference_key(obj["id"])
    return ""
