"""Contexts (Part Two 2.4.6), with the context agents and groups of IEEE 9274.1.1."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.activities import check_activity
from lrs.xapi.validation.actors import check_actor, check_agent, check_group
from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.references import check_statement_ref
from lrs.xapi.validation.values import (
    Check,
    array_of,
    check_extensions,
    check_iri,
    check_language_tag,
    check_object,
    check_string,
    check_uuid,
    constant,
)

_IEEE = "IEEE 9274.1.1 Context"


def check_context(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.6; contextAgents and contextGroups are there in xAPI 2.0 only."""
    properties = _CONTEXT_V2 if found.is_v2 else _CONTEXT
    check_object(value, path, found, clause="2.4.6", properties=properties)


def check_context_activities(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.6.2: parent, grouping, category and other."""
    check_object(value, path, found, clause="2.4.6.2", properties=_CONTEXT_ACTIVITIES)


def check_activity_or_activities(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.6.2.s4.b2: an array of activities, or one activity as 0.95 had it."""
    if isinstance(value, dict):
        check_activity(value, path, found)
    else:
        _check_activities(value, path, found)


def check_context_agent(value: Any, path: str, found: Findings) -> None:
    """IEEE 9274.1.1: an agent and how it relates to the experience."""
    check_object(
        value,
        path,
        found,
        clause=_IEEE,
        properties=_CONTEXT_AGENT,
        required=("objectType", "agent"),
    )


def check_context_group(value: Any, path: str, found: Findings) -> None:
    """IEEE 9274.1.1: a group and how it relates to the experience."""
    check_object(
        value,
        path,
        found,
        clause=_IEEE,
        properties=_CONTEXT_GROUP,
        required=("objectType", "group"),
    )


_check_activities = array_of(check_activity, "2.4.6.2.s4.b2")
_check_relevant_types = array_of(check_iri, _IEEE, at_least=1)

_CONTEXT_ACTIVITIES: dict[str, Check] = dict.fromkeys(
    ("parent", "grouping", "category", "other"), check_activity_or_activities
)
_CONTEXT_AGENT: dict[str, Check] = {
    "objectType": constant("contextAgent", _IEEE),
    "agent": check_agent,
    "relevantTypes": _check_relevant_types,
}
_CONTEXT_GROUP: dict[str, Check] = {
    "objectType": constant("contextGroup", _IEEE),
    "group": check_group,
    "relevantTypes": _check_relevant_types,
}
_CONTEXT: dict[str, Check] = {
    "registration": check_uuid,
    "instructor": check_actor,
    "team": check_group,
    "contextActivities": check_context_activities,
    "revision": check_string,
    "platform": check_string,
    "language": check_language_tag,
    "statement": check_statement_ref,
    "extensions": check_extensions,
}
_CONTEXT_V2: dict[str, Check] = {
    **_CONTEXT,
    "contextAgents": array_of(check_context_agent, _IEEE),
    "contextGroups": array_of(check_context_group, _IEEE),
}
