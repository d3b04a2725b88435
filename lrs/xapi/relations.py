"""Whom and what a valid statement is about, for the filters of a store (Part Three 2.1.3).

`agent` finds the actor and the object, and a group's members too; `related_agents` also finds the
authority, the instructor, the team and, in xAPI 2.0, the context agents and groups, and all of
these inside a sub-statement. `activity` finds the object; `related_activities` also finds the
context activities, and both inside a sub-statement.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lrs.xapi.agents import identifier_key

Json = dict[str, Any]
Marks = dict[str, None]  # an ordered set: what is found first comes first


class Relations(NamedTuple):
    """Keys of agents (`identifier_key`) and IRIs of activities, each in one of two tuples only.

    What is found both directly and otherwise is direct; nothing stands twice.
    """

    agents_direct: tuple[str, ...]
    agents_related: tuple[str, ...]
    activities_direct: tuple[str, ...]
    activities_related: tuple[str, ...]


def relations(statement: Json) -> Relations:
    """All relations of a statement that passed validation, in one walk."""
    agents: Marks = {}
    activities: Marks = {}
    _mark_direct(statement, agents, activities)
    direct = tuple(agents), tuple(activities)
    _mark_related(statement, agents, activities)
    return Relations(
        direct[0],
        tuple(agents)[len(direct[0]) :],
        direct[1],
        tuple(activities)[len(direct[1]) :],
    )


def _mark_direct(statement: Json, agents: Marks, activities: Marks) -> None:
    _mark_actor(statement["actor"], agents)
    obj = statement["object"]
    kind = obj.get("objectType", "Activity")
    if kind == "Activity":
        activities[obj["id"]] = None
    elif kind in ("Agent", "Group"):
        _mark_actor(obj, agents)


def _mark_related(statement: Json, agents: Marks, activities: Marks) -> None:
    if "authority" in statement:
        _mark_actor(statement["authority"], agents)
    if "context" in statement:
        _mark_context(statement["context"], agents, activities)
    obj = statement["object"]
    if obj.get("objectType") == "SubStatement":
        _mark_direct(obj, agents, activities)
        _mark_related(obj, agents, activities)


def _mark_context(context: Json, agents: Marks, activities: Marks) -> None:
    if "instructor" in context:
        _mark_actor(context["instructor"], agents)
    if "team" in context:
        _mark_actor(context["team"], agents)
    if "contextAgents" in context:
        for item in context["contextAgents"]:
            _mark_actor(item["agent"], agents)
    if "contextGroups" in context:
        for item in context["contextGroups"]:
            _mark_actor(item["group"], agents)
    if "contextActivities" in context:
        for value in context["contextActivities"].values():
            # Part Two 2.4.6.2.s4.b3: one alone, as xAPI 0.95 had it
            for activity in [value] if isinstance(value, dict) else value:
                activities[activity["id"]] = None


def _mark_actor(actor: Json, agents: Marks) -> None:
    """The agent or group itself where it is identified, and its members (Part Three 2.1.3)."""
    key = identifier_key(actor)
    if key is not None:
        agents[key] = None
    if "member" in actor:
        for member in actor["member"]:
            _mark_actor(member, agents)
