"""Activities, their definitions and interactions (Part Two 2.4.4.1)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.problems import Problem
from lrs.xapi.validation.values import (
    Found,
    array_of,
    constant,
    extensions,
    iri,
    irl,
    language_map,
    object_of,
    string,
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
_INTERACTION = frozenset({"interactionType", "correctResponsesPattern", *_LISTS})

component = object_of(
    {"id": string, "description": language_map}, clause="2.4.4.1.s15", required=("id",)
)
"""Part Two 2.4.4.1.s15: an id and perhaps a description."""

_components = array_of(component, "2.4.4.1.s15")


def components(value: Any) -> Found:
    """Part Two 2.4.4.1.s16.b1: the ids in one list are distinct."""
    found = _components(value) or []
    if isinstance(value, list):
        ids = [str(item.get("id")) for item in value if isinstance(item, dict)]
        if len(set(ids)) != len(ids):
            message = "the ids of the components must be distinct"
            found.append(Problem("", "2.4.4.1.s16.b1", message))
    return found or None


def _interaction(definition: dict[str, Any]) -> Found:
    """Part Two 2.4.4.1.s13: a type is there, and only the lists of that type."""
    if _INTERACTION.isdisjoint(definition):
        return None
    if "interactionType" not in definition:
        return [Problem(".interactionType", "2.4.4.1.s13.b1", "is required here")]
    kind = definition["interactionType"]
    supported = COMPONENT_LISTS.get(kind) if isinstance(kind, str) else None
    if supported is None:
        return None  # the rule of interactionType has said so
    found = [
        Problem(f".{name}", "2.4.4.1.s15", f"is no list of a {kind} interaction")
        for name in _LISTS
        if name in definition and name not in supported
    ]
    return found or None


definition = object_of(
    {
        "name": language_map,
        "description": language_map,
        "type": iri,
        "moreInfo": irl,
        "extensions": extensions,
        "interactionType": text_in(
            COMPONENT_LISTS.__contains__,
            "2.4.4.1.s8",
            "must be one of " + ", ".join(COMPONENT_LISTS),
        ),
        "correctResponsesPattern": array_of(string, "2.4.4.1.s8"),
        **dict.fromkeys(_LISTS, components),
    },
    clause="2.4.4.1.s2",
    whole=_interaction,
)
"""Part Two 2.4.4.1.s2, with the interaction properties of 2.4.4.1.s8."""

activity = object_of(
    {"objectType": constant("Activity", "2.4.4.1"), "id": iri, "definition": definition},
    clause="2.4.4.1",
    required=("id",),
)
"""Part Two 2.4.4.1: an id, and perhaps a definition."""
