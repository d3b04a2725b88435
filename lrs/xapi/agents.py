"""Who is meant: the inverse functional identifier of an agent or group (Part Two 2.4.2.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

IDENTIFIERS = ("account", "mbox", "mbox_sha1sum", "openid")


def identifier_key(agent: Mapping[str, Any]) -> str | None:
    """One text for the identifier of a valid agent or identified group, None for an anonymous one.

    Two agents are the same exactly when their keys are equal. A key contains a space, so it is
    never mistaken for an IRI.
    """
    if "account" in agent:
        account = agent["account"]
        return f"account {account['homePage']} {account['name']}"
    if "mbox" in agent:
        return f"mbox {lower_mail_domain(agent['mbox'])}"
    if "mbox_sha1sum" in agent:
        return f"mbox_sha1sum {agent['mbox_sha1sum'].lower()}"
    if "openid" in agent:
        return f"openid {agent['openid']}"
    return None


def lower_mail_domain(mbox: str) -> str:
    """The mailbox with its domain in lower case, the part without case (Part Two 2.3.1.b7)."""
    local, _at, domain = mbox.rpartition("@")
    return f"{local}@{domain.lower()}"
