"""Agents and groups (Part Two 2.4.2)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.agents import IDENTIFIERS
from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Problem
from lrs.xapi.validation.values import (
    Found,
    Rule,
    array_of,
    constant,
    iri,
    irl,
    object_of,
    string,
    text_in,
)


def actor(value: Any) -> Found:
    """Part Two 2.4.2: an agent, or a group if objectType says so."""
    if isinstance(value, dict) and value.get("objectType") == "Group":
        return group(value)
    return agent(value)


def authority(value: Any) -> Found:
    """Part Two 2.4.9.s3.b1: an agent, or an anonymous group of two agents (OAuth)."""
    found = actor(value) or []
    if isinstance(value, dict) and value.get("objectType") == "Group":
        members = value.get("member")
        if any(name in value for name in IDENTIFIERS):
            found.append(Problem("", "2.4.9.s3.b1", "a group as authority must be anonymous"))
        if not isinstance(members, list) or len(members) != 2:
            message = "a group as authority must have exactly two agents"
            found.append(Problem("", "2.4.9.s3.b1", message))
    return found or None


def _identifiers(value: dict[str, Any]) -> int:
    return (
        ("account" in value) + ("mbox" in value) + ("mbox_sha1sum" in value) + ("openid" in value)
    )


def _one_identifier(value: dict[str, Any]) -> Found:
    """Part Two 2.4.2.1.s2.b1 and b2: exactly one."""
    many = _identifiers(value)
    return None if many == 1 else _not_one(many, "2.4.2.1.s2.b1")


def _identifier_or_members(value: dict[str, Any]) -> Found:
    """Part Two 2.4.2.2.s4.b1 and s5.b1: members if anonymous, else one identifier."""
    many = _identifiers(value)
    if many == 1 or (many == 0 and "member" in value):
        return None
    if many == 0:
        return [Problem(".member", "2.4.2.2.s4.b1", "is required in an anonymous group")]
    return _not_one(many, "2.4.2.2.s5.b1")


def _not_one(many: int, clause: str) -> Found:
    wanted = ", ".join(IDENTIFIERS)
    return [Problem("", clause, f"must have exactly one of {wanted}; it has {many}")]


account = object_of(
    {"homePage": irl, "name": string}, clause="2.4.2.4", required=("homePage", "name")
)
"""Part Two 2.4.2.4: homePage and name, both required."""

_IDENTIFIER_RULES: dict[str, Rule] = {
    "mbox": text_in(formats.is_mailto, "2.4.2.3", "must be «mailto:» and a mail address"),
    "mbox_sha1sum": text_in(formats.is_sha1, "2.4.2.3", "must be a SHA-1 in hexadecimal"),
    "openid": iri,
    "account": account,
}

agent = object_of(
    {"objectType": constant("Agent", "2.4.2.1"), "name": string, **_IDENTIFIER_RULES},
    clause="2.4.2.1",
    whole=_one_identifier,
)
"""Part Two 2.4.2.1: an agent has exactly one identifier."""

group = object_of(
    {
        "objectType": constant("Group", "2.4.2.2"),
        "name": string,
        "member": array_of(agent, "2.4.2.2"),
        **_IDENTIFIER_RULES,
    },
    clause="2.4.2.2",
    required=("objectType",),
    whole=_identifier_or_members,
)
"""Part Two 2.4.2.2: a group has one identifier, or members; members are agents, never groups."""
