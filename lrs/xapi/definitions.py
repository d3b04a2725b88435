"""What a valid statement says of activities and verbs: definitions and displays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def activity_definitions(statement: Json) -> Iterator[tuple[str, Json]]:
    """The IRI and the definition of each activity in the statement that has one."""
    for activity in _activities(statement):
        if "definition" in activity:
            yield activity["id"], activity["definition"]


def verb_displays(statement: Json) -> Iterator[tuple[str, Json]]:
    """The IRI and the display of the verb, if it has one, and of a sub-statement's."""
    obj = statement["object"]
    if "display" in statement["verb"]:
        yield statement["verb"]["id"], statement["verb"]["display"]
    if obj.get("objectType") == "SubStatement":
        yield from verb_displays(obj)


def _activities(statement: Json) -> Iterator[Json]:
    obj = statement["object"]
    kind = obj.get("objectType", "Activity")
    if kind == "Activity":
        yield obj
    elif kind == "SubStatement":
        yield from _activities(obj)
    for value in statement.get("context", {}).get("contextActivities", {}).values():
        yield from [value] if isinstance(value, dict) else value
