"""When are two statements the same? (Part Two 2.3.1, «Statement Comparison Requirements»)

Differences that the listed exceptions to immutability can cause are ignored, all others count. So a
sender may repeat a statement after a lost answer, and a changed statement under an old id is found.

A default that one of two writes out, `"objectType": "Activity"`, is not on the list: it is another
serialisation of the same, and 2.3.1.s9.b2 says that such differences must not be ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from lrs.xapi import timestamps
from lrs.xapi.agents import lower_mail_domain

_ASSIGNED = frozenset({"id", "authority", "stored", "version"})  # 2.3.1.b1
_CENTISECONDS = re.compile(r"([.,]\d\d)\d+(?=S$)")


def equivalent(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two valid statements say the same, as the standard compares them."""
    with_time = "timestamp" in one and "timestamp" in other
    return fingerprint(one, with_time=with_time) == fingerprint(other, with_time=with_time)


def fingerprint(statement: dict[str, Any], *, with_time: bool = True) -> str:
    """A text that is equal for equivalent statements.

    `with_time` leaves the timestamp out when it is False, as it must be when one of the two
    statements got its timestamp from the store (2.3.1.b1, 2.4.7.s3.b2).
    """
    canonical = canonical_statement(statement)
    if not with_time:
        canonical.pop("timestamp", None)
    return json.dumps(_plain_numbers(canonical), sort_keys=True, ensure_ascii=True)


def canonical_statement(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement without what the exceptions to immutability leave open."""
    result = {}
    for key, value in statement.items():
        if key in _ASSIGNED or key == "attachments":  # 2.3.1.b1, 2.3.1.b6
            continue
        result[key] = _STATEMENT_PARTS[key](value) if key in _STATEMENT_PARTS else value
    return result


def _timestamp(text: str) -> str:
    """2.3.1.b4: the point in time counts, to the millisecond (4.5.s1.b7)."""
    return timestamps.format_utc(timestamps.parse(text))[:23]


def _verb(verb: dict[str, Any]) -> dict[str, Any]:
    return {"id": verb["id"]}  # 2.3.1.b3: the display is not part of the statement


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    result = dict(actor)
    if "mbox" in actor:
        result["mbox"] = lower_mail_domain(actor["mbox"])  # 2.3.1.b7
    if "mbox_sha1sum" in actor:
        result["mbox_sha1sum"] = actor["mbox_sha1sum"].lower()  # 2.3.1.b7
    if "member" in actor:  # 2.3.1.b5: members are not ordered
        members = [_actor(member) for member in actor["member"]]
        result["member"] = sorted(members, key=lambda member: json.dumps(member, sort_keys=True))
    return result


def _object(obj: dict[str, Any]) -> dict[str, Any]:
    kind = obj.get("objectType", "Activity")
    if kind == "Activity":
        return _activity(obj)
    if kind in ("Agent", "Group"):
        return _actor(obj)
    if kind == "StatementRef":
        return _reference(obj)
    return canonical_statement(obj)


def _activity(activity: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in activity.items() if key != "definition"}  # 2.3.1.b2


def _reference(reference: dict[str, Any]) -> dict[str, Any]:
    return {**reference, "id": reference["id"].lower()}  # 2.3.1.b7: hexadecimal has no case


def _result(result: dict[str, Any]) -> dict[str, Any]:
    """2.3.1.b8: a duration is compared as text, but not beyond 0.01 s (4.6.s1.b5)."""
    if "duration" not in result:
        return result
    return {**result, "duration": _CENTISECONDS.sub(r"\1", result["duration"])}


def _context(context: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _CONTEXT_PARTS[key](value) if key in _CONTEXT_PARTS else value
        for key, value in context.items()
    }


def _context_activities(groups: dict[str, Any]) -> dict[str, Any]:
    """2.4.6.2.s4.b3: a single activity is returned as an array, so the two are one."""
    return {
        key: [_activity(item) for item in (value if isinstance(value, list) else [value])]
        for key, value in groups.items()
    }


def _related(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: _actor(value) if key in ("agent", "group") else value for key, value in item.items()}
        for item in items
    ]


def _plain_numbers(value: Any) -> Any:
    """JSON has one kind of number: 1 and 1.0 are the same; true is none."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    return value


_STATEMENT_PARTS: dict[str, Callable[[Any], Any]] = {
    "actor": _actor,
    "verb": _verb,
    "object": _object,
    "result": _result,
    "context": _context,
    "timestamp": _timestamp,
}
_CONTEXT_PARTS: dict[str, Callable[[Any], Any]] = {
    "registration": str.lower,  # 2.3.1.b7
    "language": str.lower,  # 2.3.1.b7
    "instructor": _actor,
    "team": _actor,
    "statement": _reference,
    "contextActivities": _context_activities,
    "contextAgents": _related,
    "contextGroups": _related,
}
