"""Contexts (Part Two 2.4.6), with the context agents and groups of IEEE 9274.1.1."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.activities import activity
from lrs.xapi.validation.actors import actor, agent, group
from lrs.xapi.validation.references import statement_ref
from lrs.xapi.validation.values import (
    Found,
    Rule,
    array_of,
    constant,
    extensions,
    iri,
    language_tag,
    object_of,
    string,
    uuid,
)

_IEEE = "IEEE 9274.1.1 Context"

_activities = array_of(activity, "2.4.6.2.s4.b2")
_relevant_types = array_of(iri, _IEEE, at_least=1)


def activity_or_activities(value: Any) -> Found:
    """Part Two 2.4.6.2.s4.b2: an array of activities, or one activity as 0.95 had it."""
    return activity(value) if isinstance(value, dict) else _activities(value)


context_activities = object_of(
    dict.fromkeys(("parent", "grouping", "category", "other"), activity_or_activities),
    clause="2.4.6.2",
)
"""Part Two 2.4.6.2.s4.b1: parent, grouping, category and other."""

context_agent = object_of(
    {
        "objectType": constant("contextAgent", _IEEE),
        "agent": agent,
        "relevantTypes": _relevant_types,
    },
    clause=_IEEE,
    required=("objectType", "agent"),
)
"""IEEE 9274.1.1: an agent and, in one IRI or more, how it relates to the experience."""

context_group = object_of(
    {
        "objectType": constant("contextGroup", _IEEE),
        "group": group,
        "relevantTypes": _relevant_types,
    },
    clause=_IEEE,
    required=("objectType", "group"),
)
"""IEEE 9274.1.1: a group and, in one IRI or more, how it relates to the experience."""

_CONTEXT: dict[str, Rule] = {
    "registration": uuid,
    "instructor": actor,
    "team": group,
    "contextActivities": context_activities,
    "revision": string,
    "platform": string,
    "language": language_tag,
    "statement": statement_ref,
    "extensions": extensions,
}
_CONTEXT_V2: dict[str, Rule] = {
    **_CONTEXT,
    "contextAgents": array_of(context_agent, _IEEE),
    "contextGroups": array_of(context_group, _IEEE),
}


def context_of(*, is_v2: bool) -> Rule:
    """Part Two 2.4.6; contextAgents and contextGroups are there in xAPI 2.0 only."""
    return object_of(_CONTEXT_V2 if is_v2 else _CONTEXT, clause="2.4.6")
