"""Single faults: a valid statement, changed in one place so that the standard forbids it.

The grammar below says once more, and independently of lrs/xapi/validation, what a statement is made
of; each kind of value knows by what it can be made wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrs.xapi.validation.problems import key_step

Json = dict[str, Any]
Step = str | int

AGENT = {
    "objectType": "type",
    "name": "text",
    "mbox": "mbox",
    "mbox_sha1sum": "sha1",
    "openid": "iri",
    "account": "account",
}
STATEMENT = {
    "actor": "actor",
    "verb": "verb",
    "object": "object",
    "result": "result",
    "context": "context",
    "timestamp": "timestamp",
    "attachments": "attachment*",
}
COMPONENTS = dict.fromkeys(("choices", "scale", "source", "target", "steps"), "component*")
GRAMMAR: dict[str, dict[str, str]] = {
    "agent": AGENT,
    "group": {**AGENT, "member": "agent*"},
    "account": {"homePage": "iri", "name": "text"},
    "verb": {"id": "iri", "display": "map"},
    "activity": {"objectType": "type", "id": "iri", "definition": "definition"},
    "definition": {
        "name": "map",
        "description": "map",
        "type": "iri",
        "moreInfo": "iri",
        "extensions": "extensions",
        "interactionType": "enumerated",
        "correctResponsesPattern": "text*",
        **COMPONENTS,
    },
    "component": {"id": "text", "description": "map"},
    "reference": {"objectType": "type", "id": "uuid"},
    "result": {
        "score": "score",
        "success": "boolean",
        "completion": "boolean",
        "response": "text",
        "duration": "duration",
        "extensions": "extensions",
    },
    "score": {"scaled": "scaled", "raw": "number", "min": "number", "max": "number"},
    "context": {
        "registration": "uuid",
        "instructor": "actor",
        "team": "group",
        "contextActivities": "contextActivities",
        "revision": "text",
        "platform": "text",
        "language": "tag",
        "statement": "reference",
        "extensions": "extensions",
        "contextAgents": "contextAgent*",
        "contextGroups": "contextGroup*",
    },
    "contextActivities": dict.fromkeys(("parent", "grouping", "category", "other"), "activity*"),
    "contextAgent": {"objectType": "type", "agent": "agent", "relevantTypes": "iri+"},
    "contextGroup": {"objectType": "type", "group": "group", "relevantTypes": "iri+"},
    "attachment": {
        "usageType": "iri",
        "display": "map",
        "description": "map",
        "contentType": "media",
        "length": "length",
        "sha2": "sha2",
        "fileUrl": "iri",
    },
    "statement": {
        **STATEMENT,
        "id": "uuid",
        "stored": "timestamp",
        "authority": "authority",
        "version": "version",
    },
    "substatement": {**STATEMENT, "objectType": "type"},
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "statement": ("actor", "verb", "object"),
    "substatement": ("actor", "verb", "object"),
    "verb": ("id",),
    "activity": ("id",),
    "reference": ("id",),
    "account": ("homePage", "name"),
    "component": ("id",),
    "contextAgent": ("objectType", "agent"),
    "contextGroup": ("objectType", "group"),
    "attachment": ("usageType", "display", "contentType", "length", "sha2"),
}
NO_IRI = ("", "no iri", "relative/path", "//example.org", "http://a b", "1a:b", " http://a")
NO_UUID = ("", "x", "6690e6c9-3ef0-4ed3-8b37-7f3964730be", "{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}")
WRONG: dict[str, tuple[Any, ...]] = {
    "text": (1, True, [], {}),
    "iri": (*NO_IRI, 1, {}),
    "uuid": (*NO_UUID, "6690e6c93ef04ed38b377f3964730bee", 1),
    "mbox": (
        "",
        "a@example.org",
        "MAILTO:a@example.org",
        "mailto:a",
        "mailto:a@b@c",
        "http://a",
        1,
    ),
    "sha1": ("", "abc", "g" * 40, "0" * 41, 1),
    "sha2": ("", "abc", "g" * 64, "0" * 63, 1),
    "tag": ("", "fr_FR", "f", "français", "fr-", 1),
    "timestamp": (
        "",
        "now",
        "2026-03-01",
        "2026-02-30T08:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T08:00:00-00:00",
        "2026-03-01T08:00:00-0000",
        "2026-03-01T08:00:00-00",
        "2026-03-01T08:00:00+01:60",
        "2026-03-01 08:00:00Z",
        1772352000,
    ),
    "duration": ("", "P", "PT", "5M", "PT5M ", "P1W1D", "-PT5M", "P0003-06-04T12:30:05", 300),
    "enumerated": ("", "Choice", "CHOICE", "essay", 1),
    "boolean": ("true", "false", 0, 1, "", []),
    "number": ("1", "", True, []),
    "scaled": ("1", True, 1.01, -1.01, 2),
    "length": ("1", 1.5, -1, True),
    "media": ("", "text", "text/", "/plain", 1),
    "version": ("", "1", "0.9.5", "1.1.0", "2.1.0", 1),
}


@dataclass(frozen=True)
class Fault:
    """`statement` is wrong at `path`, and nowhere else; `what` says how."""

    what: str
    path: str
    statement: Json


def faults(statement: Json) -> Iterator[Fault]:
    """Every single fault that can be made of a valid statement."""
    for way, value, role in _places(statement, (), "statement"):
        for what, change_way, change in _changes(way, value, role):
            yield Fault(what, _path(change_way), _changed(statement, way, change))


def _places(value: Any, way: tuple[Step, ...], role: str) -> Iterator[tuple[Any, Any, str]]:
    """Each value of the statement with the way to it and the role it plays."""
    role = _resolved(value, role)
    yield way, value, role
    if role.endswith(("*", "+")):
        for index, item in enumerate(value):
            yield from _places(item, (*way, index), role[:-1])
    elif role in GRAMMAR:
        for key, item in value.items():
            yield from _places(item, (*way, key), GRAMMAR[role][key])


def _resolved(value: Any, role: str) -> str:
    if role in ("actor", "authority"):
        return "group" if value.get("objectType") == "Group" else "agent"
    if role == "object":
        kinds = {"Agent": "agent", "Group": "group", "StatementRef": "reference"}
        kinds |= {"SubStatement": "substatement"}
        return kinds.get(value.get("objectType", "Activity"), "activity")
    if role == "activity*" and isinstance(value, dict):
        return "activity"
    return role


def _changes(way: tuple[Step, ...], value: Any, role: str) -> Iterator[tuple[str, Any, Any]]:
    """What can be made wrong at one place: how, where it must be found, and the wrong value."""
    if way:
        yield "null", way, None
    if role == "type":
        for wrong in (value.lower() + " ", value.swapcase(), "Person", "", 1):
            yield "enumerated value", way, wrong
    elif role == "map":
        yield "no language map", way, [value]
        yield "language tag", (*way, "a_b"), {**value, "a_b": "x"}
        yield "language text", (*way, "fr"), {**value, "fr": None}
    elif role == "extensions":
        yield "no extensions", way, [value]
        yield "extension key", (*way, "no iri"), {**value, "no iri": 1}
    elif role.endswith(("*", "+")):
        yield "no array", way, "x"
        if role.endswith("+"):
            yield "empty array", way, []
    elif role in GRAMMAR:
        yield from _object_changes(way, value, role)
    else:
        for wrong in WRONG[role]:
            yield f"no {role}", way, wrong


def _object_changes(
    way: tuple[Step, ...], value: Json, role: str
) -> Iterator[tuple[str, Any, Any]]:
    yield "no object", way, "x"
    yield "unknown key", (*way, "unknown"), {**value, "unknown": 1}
    for key in value:
        other = key[0].swapcase() + key[1:]
        renamed = {other if name == key else name: item for name, item in value.items()}
        yield "case of a key", (*way, other), renamed
    for key in REQUIRED.get(role, ()):
        yield "missing", (*way, key), {name: item for name, item in value.items() if name != key}
    identifiers = {"mbox": "mailto:x@example.org", "openid": "http://example.org/x"}
    present = [key for key in ("mbox", "mbox_sha1sum", "openid", "account") if key in value]
    if role == "agent":
        yield "no identifier", way, {k: v for k, v in value.items() if k not in present}
    if role in ("agent", "group") and present:
        yield "two identifiers", way, {**value, **identifiers, **{k: value[k] for k in present}}
    if role == "group" and not present:
        yield "no member", (*way, "member"), {k: v for k, v in value.items() if k != "member"}
    if role == "group" and value.get("member"):
        inner = [{"objectType": "Group", "member": []}]
        yield "group in a group", (*way, "member", 0), {**value, "member": inner}
    if role == "substatement":
        for key in ("id", "stored", "version", "authority"):
            yield "only for statements", (*way, key), {**value, key: "x"}
        yield "nested", (*way, "object"), {**value, "object": value}


def _changed(statement: Json, way: tuple[Step, ...], change: Any) -> Any:
    result = json.loads(json.dumps(statement))  # which shares nothing with itself
    if not way:
        return change
    place: Any = result
    for step in way[:-1]:
        place = place[step]
    place[way[-1]] = change
    return result


def _path(way: tuple[Step, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else key_step(step) for step in way)
