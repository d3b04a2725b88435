"""From statements as they were sent to statements as they will be stored."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lrs.errors import StatementConflict, StatementsInvalid
from lrs.sources import StatementSource
from lrs.xapi import equality, timestamps, versions
from lrs.xapi.multipart import AttachmentData, attachment_problems
from lrs.xapi.signatures import signature_problems
from lrs.xapi.validation import Problem, validate_batch

NONE_RECEIVED: Mapping[str, AttachmentData] = {}

_SET_BY_THE_STORE = frozenset({"id", "stored", "authority", "version", "timestamp"})


@dataclass(frozen=True, slots=True)
class PreparedStatement:
    """A valid statement with its id; `stored`, and perhaps `timestamp`, come with insertion."""

    statement_id: uuid.UUID
    document: dict[str, Any]
    timestamp: str | None
    version: str


def statements_prepare(
    *,
    statements: Sequence[dict[str, Any]],
    source: StatementSource,
    version: str,
    attachments: Mapping[str, AttachmentData] = NONE_RECEIVED,
) -> list[PreparedStatement]:
    """Judge all statements and give each its id. Raises StatementsInvalid; changes no argument."""
    problems = validate_batch(statements, version)
    if source.is_platform:
        problems += _missing_facts(statements)
    problems = problems or attachment_problems(statements, attachments)
    problems = problems or _signature_problems(statements, version, attachments)
    if problems:
        raise StatementsInvalid(problems)
    return [_prepare(statement, version) for statement in statements]


def without_repetitions(
    prepared: Sequence[PreparedStatement],
) -> dict[uuid.UUID, PreparedStatement]:
    """One statement for each id, in their order.

    Raises StatementConflict if two statements of one batch share an id and not their content.
    """
    distinct: dict[uuid.UUID, PreparedStatement] = {}
    for item in prepared:
        known = distinct.setdefault(item.statement_id, item)
        if known is not item and not equality.equivalent(comparable(known), comparable(item)):
            raise StatementConflict(item.statement_id)
    return distinct


def comparable(item: PreparedStatement) -> dict[str, Any]:
    """The statement for a comparison: with its timestamp if it came with one."""
    if item.timestamp is None:
        return item.document
    return {**item.document, "timestamp": item.timestamp}


def _missing_facts(statements: Sequence[Any]) -> list[Problem]:
    """What the platform itself issues takes id and time from a stored row, never from the clock."""
    return [
        Problem(f"$[{index}].{key}", "platform", "is required in the platform's own statements")
        for index, statement in enumerate(statements)
        if isinstance(statement, dict)
        for key in ("id", "timestamp")
        if key not in statement
    ]


def _signature_problems(
    statements: Sequence[dict[str, Any]], version: str, attachments: Mapping[str, AttachmentData]
) -> list[Problem]:
    """Part Two 2.6.s4: what is signed must be signed for this very statement."""
    contents = {sha2: data.content for sha2, data in attachments.items()}
    return [
        problem
        for index, statement in enumerate(statements)
        if "attachments" in statement
        for problem in signature_problems(statement, contents, version, path=f"$[{index}]")
    ]


def _prepare(statement: dict[str, Any], version: str) -> PreparedStatement:
    statement_id = uuid.UUID(statement["id"]) if "id" in statement else uuid.uuid4()
    document: dict[str, Any] = {"id": str(statement_id)}
    for key, value in statement.items():
        if key not in _SET_BY_THE_STORE:
            document[key] = _arrays_in_context(value) if key in ("context", "object") else value
    given = statement.get("timestamp")
    return PreparedStatement(
        statement_id=statement_id,
        document=document,
        timestamp=timestamps.normalise(given) if given is not None else None,
        version=statement.get("version") or versions.statement_version(version),
    )


def _arrays_in_context(part: dict[str, Any]) -> dict[str, Any]:
    """A context, or a sub-statement with one, whose context activities are arrays.

    Part Two 2.4.6.2.s4.b3: a single activity is returned as an array of one.
    """
    if part.get("objectType") == "SubStatement" and "context" in part:
        return {**part, "context": _arrays_in_context(part["context"])}
    groups = part.get("contextActivities", {})
    if dict not in map(type, groups.values()):
        return part
    arrays = {key: value if isinstance(value, list) else [value] for key, value in groups.items()}
    return {**part, "contextActivities": arrays}
