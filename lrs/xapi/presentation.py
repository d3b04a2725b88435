"""The forms in which statements are given: `exact` as they are, `ids` and `canonical`.

Part Three 2.1.3 (parameter «format») and its s4 on languages. All functions are pure: they take
stored, valid statements and change none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lrs.xapi.agents import IDENTIFIERS
from lrs.xapi.languages import in_one_language
from lrs.xapi.relations import relations

Json = dict[str, Any]
ActivityDefinition = Callable[[str], Json | None]
VerbDisplay = Callable[[str], dict[str, str] | None]

_LANGUAGE_MAPS = ("name", "description")
_COMPONENTS = ("choices", "scale", "source", "target", "steps")
_INTERACTION = frozenset({"interactionType", "correctResponsesPattern", *_COMPONENTS})


def activity_ids(statement: Json) -> tuple[str, ...]:
    """The IRIs of all activities in the statement: whose definitions `canonical` needs."""
    found = relations(statement)
    return found.activities_direct + found.activities_related


def verb_ids(statement: Json) -> tuple[str, ...]:
    """The IRIs of the statement's verb and of its sub-statement's."""
    obj = statement["object"]
    if obj.get("objectType") == "SubStatement":
        return statement["verb"]["id"], obj["verb"]["id"]
    return (statement["verb"]["id"],)


def in_ids_format(statement: Json) -> Json:
    """The statement with no more than identifies its agents, groups, activities and verbs.

    An agent keeps its objectType only as an object, where it must have one (Part Two 2.4.4.2.s1);
    an identified group loses its members, an anonymous one keeps what identifies them.
    """
    return _rebuilt(
        statement,
        actor=_actor_ids,
        verb=lambda verb: {"id": verb["id"]},
        activity=lambda activity: {"id": activity["id"]},
    )


def in_canonical_format(
    statement: Json,
    *,
    activity_definition: ActivityDefinition,
    verb_display: VerbDisplay,
    accept_language: str = "",
) -> Json:
    """The statement with the store's own definitions and displays, in one language each.

    `activity_definition` and `verb_display` answer what the store knows of an IRI, None if nothing:
    then what the statement itself says is taken. Agents and groups stay as they were sent.
    """

    def verb(value: Json) -> Json:
        display = verb_display(value["id"]) or value.get("display")
        if display is None:
            return value
        return {**value, "display": in_one_language(display, accept_language)}

    def activity(value: Json) -> Json:
        definition = activity_definition(value["id"]) or value.get("definition")
        if definition is None:
            return value
        return {**value, "definition": definition_in_one_language(definition, accept_language)}

    return _rebuilt(statement, actor=lambda actor: actor, verb=verb, activity=activity)


def definition_in_one_language(definition: Json, accept_language: str) -> Json:
    """Part Three 2.1.3.s4.b1 and b5: each language map has its own best language, and only that."""
    result = dict(definition)
    for key in _LANGUAGE_MAPS:
        if key in result:
            result[key] = in_one_language(result[key], accept_language)
    for key in _COMPONENTS:
        if key in result:
            result[key] = [_component(item, accept_language) for item in result[key]]
    return result


def definitions_merged(old: Json | None, new: Json | None) -> Json:
    """How the definition that a store knows grows when a statement brings another.

    Names and descriptions gain languages and take the newer text; extensions gain keys; type and
    moreInfo are replaced. An interaction that is known stays as it is: to change correct responses
    would be a significant change (Part Two 2.4.4.1.s4.b4 and b5).
    """
    result = dict(old or {})
    is_known_interaction = not _INTERACTION.isdisjoint(result)
    for key, value in (new or {}).items():
        if key in (*_LANGUAGE_MAPS, "extensions"):
            result[key] = {**result.get(key, {}), **value}
        elif not (is_known_interaction and key in _INTERACTION):
            result[key] = value
    return result


def displays_merged(old: dict[str, str] | None, new: dict[str, str] | None) -> dict[str, str]:
    """How the display that a store knows of a verb grows (Part Two 2.4.3.s6.b4)."""
    return {**(old or {}), **(new or {})}


def _rebuilt(
    statement: Json,
    *,
    actor: Callable[[Json], Json],
    verb: Callable[[Json], Json],
    activity: Callable[[Json], Json],
) -> Json:
    """A copy of the statement in which each agent or group, verb and activity is replaced."""

    def rebuilt_object(obj: Json) -> Json:
        kind = obj.get("objectType", "Activity")
        if kind == "Activity":
            return activity(obj)
        if kind in ("Agent", "Group"):
            return {"objectType": kind, **actor(obj)}
        if kind == "SubStatement":
            return rebuilt_statement(obj)
        return obj

    def rebuilt_context(context: Json) -> Json:
        result = dict(context)
        for key in ("instructor", "team"):
            if key in result:
                result[key] = actor(result[key])
        if "contextActivities" in result:
            result["contextActivities"] = {
                key: [activity(item) for item in _as_list(value)]
                for key, value in result["contextActivities"].items()
            }
        for key, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
            if key in result:
                result[key] = [{**item, inner: actor(item[inner])} for item in result[key]]
        return result

    def rebuilt_statement(value: Json) -> Json:
        parts = {
            "actor": actor,
            "verb": verb,
            "object": rebuilt_object,
            "context": rebuilt_context,
            "authority": actor,
        }
        return {key: parts[key](item) if key in parts else item for key, item in value.items()}

    return rebuilt_statement(statement)


def _actor_ids(actor: Json) -> Json:
    identifier = {key: actor[key] for key in IDENTIFIERS if key in actor}
    if actor.get("objectType") != "Group":
        return identifier
    if identifier:
        return {"objectType": "Group", **identifier}
    return {"objectType": "Group", "member": [_actor_ids(item) for item in actor["member"]]}


def _component(component: Json, accept_language: str) -> Json:
    if "description" not in component:
        return component
    return {**component, "description": in_one_language(component["description"], accept_language)}


def _as_list(value: Any) -> Iterable[Json]:
    """Part Two 2.4.6.2.s4.b3: one activity alone is returned as an array."""
    return [value] if isinstance(value, dict) else value
