"""Statements and sub-statements (Part Two 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lrs.xapi import versions
from lrs.xapi.validation.activities import check_activity
from lrs.xapi.validation.actors import (
    check_actor,
    check_agent,
    check_authority,
    check_group,
)
from lrs.xapi.validation.attachments import check_attachments
from lrs.xapi.validation.contexts import check_context
from lrs.xapi.validation.problems import Findings, Problem
from lrs.xapi.validation.references import check_statement_ref
from lrs.xapi.validation.results import check_result
from lrs.xapi.validation.values import (
    Check,
    check_iri,
    check_language_map,
    check_object,
    check_timestamp,
    check_uuid,
    constant,
)
from lrs.xapi.vocabulary import verbs


def validate_statement(
    statement: Any, version: str = versions.V2, *, path: str = "$"
) -> list[Problem]:
    """Everything that is wrong with `statement` under `version` (``1.0.x`` or ``2.0.x``).

    `statement` is what a JSON reader gave; `path` is where it stands in the request. An empty list
    means that a store must accept it.
    """
    found = Findings(version)
    if check_object(
        statement,
        path,
        found,
        clause="2.4",
        properties=_STATEMENT,
        required=("actor", "verb", "object"),
    ):
        _check_whole(statement, path, found)
        _check_voiding(statement, path, found)
    return found.problems


def validate_batch(statements: Sequence[Any], version: str = versions.V2) -> list[Problem]:
    """The problems of all `statements`, with paths such as ``$[3].verb``."""
    return [
        problem
        for index, statement in enumerate(statements)
        for problem in validate_statement(statement, version, path=f"$[{index}]")
    ]


def validate_agent(agent: Any, version: str = versions.V2) -> list[Problem]:
    """The problems of an agent or group that came as a parameter (Part Three 2.1.3)."""
    found = Findings(version)
    check_actor(agent, "$", found)
    return found.problems


def check_verb(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.3."""
    check_object(value, path, found, clause="2.4.3", properties=_VERB, required=("id",))


def check_statement_object(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4: an activity unless objectType says otherwise."""
    _check_by_type(value, path, found, _OBJECTS)


def check_substatement(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.3.s8: a statement without id, stored, version, authority; never nested."""
    if check_object(
        value,
        path,
        found,
        clause="2.4.4.3.s8",
        properties=_SUBSTATEMENT,
        required=("objectType", "actor", "verb", "object"),
    ):
        _check_whole(value, path, found)


def check_substatement_object(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.3.s8.b4: a sub-statement has no sub-statement of its own."""
    if isinstance(value, dict) and value.get("objectType") == "SubStatement":
        found.add(path, "2.4.4.3.s8.b4", "a sub-statement must not contain another")
    else:
        _check_by_type(value, path, found, _OBJECTS)


def check_version(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.10.s3."""
    if not isinstance(value, str) or not versions.statement_version_is_accepted(
        value, found.version
    ):
        found.add(path, "2.4.10", "is no version that a statement may have here")


def _check_by_type(value: Any, path: str, found: Findings, kinds: dict[str, Check]) -> None:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
    check = kinds.get(kind) if isinstance(kind, str) else None
    if check is None:
        found.add(f"{path}.objectType", "2.4.4.s2", "must be one of " + ", ".join(kinds))
    else:
        check(value, path, found)


def _check_whole(statement: dict[str, Any], path: str, found: Findings) -> None:
    """Part Two 2.4.6.s4: revision and platform only where the object is an activity."""
    context, obj = statement.get("context"), statement.get("object")
    if not isinstance(context, dict) or not isinstance(obj, dict):
        return
    if obj.get("objectType", "Activity") == "Activity":
        return
    for key in ("revision", "platform"):
        if key in context:
            found.add(f"{path}.context.{key}", "2.4.6.s4", "is only for activities as object")


def _check_voiding(statement: dict[str, Any], path: str, found: Findings) -> None:
    """Part Two 2.3.2.s2.b1: what voids has a statement reference as object."""
    verb, obj = statement.get("verb"), statement.get("object")
    if not isinstance(verb, dict) or verb.get("id") != verbs.VOIDED:
        return
    if not isinstance(obj, dict) or obj.get("objectType") != "StatementRef":
        found.add(f"{path}.object", "2.3.2.s2.b1", "what voids must refer to a statement")


_VERB: dict[str, Check] = {"id": check_iri, "display": check_language_map}
_OBJECTS: dict[str, Check] = {
    "Activity": check_activity,
    "Agent": check_agent,
    "Group": check_group,
    "StatementRef": check_statement_ref,
    "SubStatement": check_substatement,
}
_COMMON: dict[str, Check] = {
    "actor": check_actor,
    "verb": check_verb,
    "object": check_statement_object,
    "result": check_result,
    "context": check_context,
    "timestamp": check_timestamp,
    "attachments": check_attachments,
}
_STATEMENT: dict[str, Check] = {
    **_COMMON,
    "id": check_uuid,
    "stored": check_timestamp,
    "authority": check_authority,
    "version": check_version,
}
_SUBSTATEMENT: dict[str, Check] = {
    **_COMMON,
    "objectType": constant("SubStatement", "2.4.4.3.s8.b1"),
    "object": check_substatement_object,
}
