"""Agents and groups (Part Two 2.4.2)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.agents import IDENTIFIERS
from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.values import (
    Check,
    array_of,
    check_iri,
    check_irl,
    check_object,
    check_string,
    constant,
    text_in,
)


def check_account(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.2.4: homePage and name, both required."""
    check_object(
        value,
        path,
        found,
        clause="2.4.2.4",
        properties={"homePage": check_irl, "name": check_string},
        required=("homePage", "name"),
    )


_IDENTIFIER_CHECKS: dict[str, Check] = {
    "mbox": text_in(formats.is_mailto, "2.4.2.3", "must be «mailto:» and a mail address"),
    "mbox_sha1sum": text_in(formats.is_sha1, "2.4.2.3", "must be a SHA-1 in hexadecimal"),
    "openid": check_iri,
    "account": check_account,
}


def check_agent(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.2.1: an agent has exactly one identifier."""
    if check_object(value, path, found, clause="2.4.2.1", properties=_AGENT):
        _check_one_identifier(value, path, found, clause="2.4.2.1.s2.b1")


def check_group(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.2.2: a group has one identifier, or members; members are agents."""
    if not check_object(
        value, path, found, clause="2.4.2.2", properties=_GROUP, required=("objectType",)
    ):
        return
    if any(name in value for name in IDENTIFIERS):
        _check_one_identifier(value, path, found, clause="2.4.2.2.s5.b1")
    elif "member" not in value:
        found.add(f"{path}.member", "2.4.2.2.s4.b1", "is required in an anonymous group")


def check_actor(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.2: an agent, or a group if objectType says so."""
    if isinstance(value, dict) and value.get("objectType") == "Group":
        check_group(value, path, found)
    else:
        check_agent(value, path, found)


def check_authority(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.9.s3.b1: an agent, or an anonymous group of two agents (OAuth)."""
    check_actor(value, path, found)
    if not isinstance(value, dict) or value.get("objectType") != "Group":
        return
    members = value.get("member")
    if any(name in value for name in IDENTIFIERS):
        found.add(path, "2.4.9.s3.b1", "a group as authority must be anonymous")
    if not isinstance(members, list) or len(members) != 2:
        found.add(path, "2.4.9.s3.b1", "a group as authority must have exactly two agents")


def _check_one_identifier(
    value: dict[str, Any], path: str, found: Findings, *, clause: str
) -> None:
    names = [name for name in IDENTIFIERS if name in value]
    if len(names) != 1:
        wanted = ", ".join(IDENTIFIERS)
        found.add(path, clause, f"must have exactly one of {wanted}; it has {len(names)}")


_AGENT: dict[str, Check] = {
    "objectType": constant("Agent", "2.4.2.1"),
    "name": check_string,
    **_IDENTIFIER_CHECKS,
}
_GROUP: dict[str, Check] = {
    "objectType": constant("Group", "2.4.2.2"),
    "name": check_string,
    "member": array_of(check_agent, "2.4.2.2"),
    **_IDENTIFIER_CHECKS,
}
