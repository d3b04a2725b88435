"""What the record knows about an agent (Part Three 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lrs.keys import agent_key
from lrs.selectors.statements import StatementFilter, statements_page
from lrs.xapi.jsontext import loads

_NEWEST = 50
"""Names come from so many statements: a bounded reading, and recent enough."""


def agent_names(*, key: str, credential_id: int | None = None) -> list[str]:
    """The names under which the newest statements know the agent of `key`, the newest first.

    `credential_id` limits it to the statements of one credential.
    """
    wanted = StatementFilter(agent=key, credential_id=credential_id)
    page = statements_page(wanted=wanted, limit=_NEWEST)
    names = (
        name for statement in page.statements for name in _names_in(loads(statement.payload), key)
    )
    return list(dict.fromkeys(names))


def _names_in(statement: dict[str, Any], key: str) -> Iterator[str]:
    """A statement knows an agent as its actor, or as its object."""
    places = ((statement["actor"], "Agent"), (statement["object"], "Activity"))
    for one, usual_kind in places:
        kind = one.get("objectType", usual_kind)
        if kind == "Agent" and "name" in one and agent_key(one) == key:
            yield one["name"]
