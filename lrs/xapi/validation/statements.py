"""Statements and sub-statements (Part Two 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lrs.xapi import versions
from lrs.xapi.validation.activities import activity
from lrs.xapi.validation.actors import actor, agent, authority, group
from lrs.xapi.validation.attachments import attachments
from lrs.xapi.validation.contexts import context_of
from lrs.xapi.validation.problems import Problem, below
from lrs.xapi.validation.references import statement_ref
from lrs.xapi.validation.results import result
from lrs.xapi.validation.values import (
    Found,
    Rule,
    constant,
    iri,
    language_map,
    object_of,
    timestamp,
    uuid,
)
from lrs.xapi.vocabulary import verbs

_NO_ACTIVITIES = ("Agent", "Group", "StatementRef", "SubStatement")


def validate_statement(
    statement: Any, version: str = versions.V2, *, path: str = "$"
) -> list[Problem]:
    """Everything that is wrong with `statement` under `version` (``1.0.x`` or ``2.0.x``).

    `statement` is what a JSON reader gave; `path` is where it stands in the request. An empty list
    means that a store must accept it.
    """
    found = _STATEMENT[versions.is_v2(version)](statement)
    return [] if found is None else below(path, found)


def validate_batch(statements: Sequence[Any], version: str = versions.V2) -> list[Problem]:
    """The problems of all `statements`, with paths such as ``$[3].verb``."""
    rule = _STATEMENT[versions.is_v2(version)]
    problems: list[Problem] = []
    for index, statement in enumerate(statements):
        if (found := rule(statement)) is not None:
            problems += below(f"$[{index}]", found)
    return problems


def validate_agent(value: Any, version: str = versions.V2) -> list[Problem]:
    """The problems of an agent or group that came as a parameter (Part Three 2.1.3).

    Both versions have the same rules for them.
    """
    return below("$", actor(value) or ())


def _object_by_type(kinds: dict[str, Rule]) -> Rule:
    """Part Two 2.4.4.s2: an activity unless objectType says otherwise."""
    message = "must be one of " + ", ".join(kinds)

    def rule(value: Any) -> Found:
        kind = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
        judge = kinds.get(kind) if isinstance(kind, str) else None
        if judge is None:
            return [Problem(".objectType", "2.4.4.s2", message)]
        return judge(value)

    return rule


def _nested(_value: Any) -> Found:
    message = "a sub-statement must not contain another"
    return [Problem("", "2.4.4.3.s8.b4", message)]


def _together(statement: dict[str, Any]) -> Found:
    """What two properties say about each other."""
    obj = statement.get("object")
    if not isinstance(obj, dict):
        return None
    kind = obj.get("objectType", "Activity")
    found: list[Problem] = []
    verb = statement.get("verb")
    if kind != "StatementRef" and isinstance(verb, dict) and verb.get("id") == verbs.VOIDED:
        message = "what voids must refer to a statement"
        found.append(Problem(".object", "2.3.2.s2.b1", message))
    context = statement.get("context")
    if kind in _NO_ACTIVITIES and isinstance(context, dict):
        found += [
            Problem(f".context.{key}", clause, "is only for activities as object")
            for key, clause in (("revision", "2.4.6.s4.b1"), ("platform", "2.4.6.s4.b2"))
            if key in context
        ]
    return found or None


def _version(*, is_v2: bool) -> Rule:
    """Part Two 2.4.10.s3."""
    version = versions.V2 if is_v2 else versions.V1

    def rule(value: Any) -> Found:
        if isinstance(value, str) and versions.statement_version_is_accepted(value, version):
            return None
        return [Problem("", "2.4.10", "is no version that a statement may have here")]

    return rule


_verb = object_of({"id": iri, "display": language_map}, clause="2.4.3", required=("id",))

_PLAIN_OBJECTS: dict[str, Rule] = {
    "Activity": activity,
    "Agent": agent,
    "Group": group,
    "StatementRef": statement_ref,
}


def _common(*, is_v2: bool) -> dict[str, Rule]:
    return {
        "actor": actor,
        "verb": _verb,
        "result": result,
        "context": context_of(is_v2=is_v2),
        "timestamp": timestamp(is_v2=is_v2),
        "attachments": attachments,
    }


def _substatement(*, is_v2: bool) -> Rule:
    """Part Two 2.4.4.3.s8: a statement without id, stored, version, authority; never nested."""
    return object_of(
        {
            **_common(is_v2=is_v2),
            "objectType": constant("SubStatement", "2.4.4.3.s8.b1"),
            "object": _object_by_type({**_PLAIN_OBJECTS, "SubStatement": _nested}),
        },
        clause="2.4.4.3.s8",
        required=("objectType", "actor", "verb", "object"),
        whole=_together,
    )


def _statement(*, is_v2: bool) -> Rule:
    """Part Two 2.4.s1."""
    kinds = {**_PLAIN_OBJECTS, "SubStatement": _substatement(is_v2=is_v2)}
    return object_of(
        {
            **_common(is_v2=is_v2),
            "object": _object_by_type(kinds),
            "id": uuid,
            "stored": timestamp(is_v2=is_v2),
            "authority": authority,
            "version": _version(is_v2=is_v2),
        },
        clause="2.4",
        required=("actor", "verb", "object"),
        whole=_together,
    )


_STATEMENT = {is_v2: _statement(is_v2=is_v2) for is_v2 in (False, True)}
