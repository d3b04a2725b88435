"""Activities, their definitions and interactions (Part Two 2.4.4.1)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.values import (
    Check,
    array_of,
    check_extensions,
    check_iri,
    check_irl,
    check_language_map,
    check_object,
    check_string,
    constant,
    text_in,
)

COMPONENT_LISTS: dict[str, frozenset[str]] = {
    "true-false": frozenset(),
    "choice": frozenset({"choices"}),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "numeric": frozenset(),
    "other": frozenset(),
}
"""Part Two 2.4.4.1.s15: the component lists of each interaction type."""

_LISTS = ("choices", "scale", "source", "target", "steps")


def check_activity(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.1: an id, and perhaps a definition."""
    check_object(value, path, found, clause="2.4.4.1", properties=_ACTIVITY, required=("id",))


def check_definition(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.1.s2, with the interaction properties of 2.4.4.1.s8."""
    if check_object(value, path, found, clause="2.4.4.1.s2", properties=_DEFINITION):
        _check_interaction(value, path, found)


def check_component(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.1.s15: an id and perhaps a description."""
    check_object(
        value,
        path,
        found,
        clause="2.4.4.1.s15",
        properties={"id": check_string, "description": check_language_map},
        required=("id",),
    )


def check_components(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.4.1.s16.b1: the ids in one list are distinct."""
    array_of(check_component, "2.4.4.1.s15")(value, path, found)
    if not isinstance(value, list):
        return
    ids = [item.get("id") for item in value if isinstance(item, dict)]
    if len(set(map(str, ids))) != len(ids):
        found.add(path, "2.4.4.1.s16.b1", "the ids of the components must be distinct")


def _check_interaction(value: dict[str, Any], path: str, found: Findings) -> None:
    """Part Two 2.4.4.1.s13: a type is there, and only the lists of that type."""
    lists = [name for name in _LISTS if name in value]
    kind = value.get("interactionType")
    if kind is None:
        if "interactionType" not in value and (lists or "correctResponsesPattern" in value):
            found.add(f"{path}.interactionType", "2.4.4.1.s13.b1", "is required here")
        return
    supported = COMPONENT_LISTS.get(kind) if isinstance(kind, str) else None
    for name in lists:
        if supported is not None and name not in supported:
            found.add(f"{path}.{name}", "2.4.4.1.s15", f"is no list of a {kind} interaction")


_DEFINITION: dict[str, Check] = {
    "name": check_language_map,
    "description": check_language_map,
    "type": check_iri,
    "moreInfo": check_irl,
    "extensions": check_extensions,
    "interactionType": text_in(
        COMPONENT_LISTS.__contains__, "2.4.4.1.s8", "must be one of " + ", ".join(COMPONENT_LISTS)
    ),
    "correctResponsesPattern": array_of(check_string, "2.4.4.1.s8"),
    **dict.fromkeys(_LISTS, check_components),
}
_ACTIVITY: dict[str, Check] = {
    "objectType": constant("Activity", "2.4.4.1"),
    "id": check_iri,
    "definition": check_definition,
}
