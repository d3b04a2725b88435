"""What the filters of Part Three 2.1.3 find in a statement."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from lrs.xapi.agents import identifier_key
from lrs.xapi.relations import relations
from tests.lrs.xapi import strategies

ANN, BEN, COR, DAN, EVE, FAY, GUS, HAL = (
    {"account": {"homePage": "http://example.org", "name": name}}
    for name in ("ann", "ben", "cor", "dan", "eve", "fay", "gus", "hal")
)
VERB = {"id": "http://example.org/v"}


def activity(name: str) -> dict[str, Any]:
    return {"id": f"http://example.org/{name}"}


def anonymous(*members: dict[str, Any]) -> dict[str, Any]:
    return {"objectType": "Group", "member": list(members)}


def names(keys: tuple[str, ...]) -> list[str]:
    return [key.replace("/", " ").split(" ")[-1] for key in keys]


FULL: dict[str, Any] = {
    "actor": ANN,
    "verb": VERB,
    "object": activity("o"),
    "authority": anonymous(BEN, COR),
    "context": {
        "instructor": DAN,
        "team": {"objectType": "Group", "mbox": "mailto:team@Example.org", "member": [EVE]},
        "contextAgents": [{"objectType": "contextAgent", "agent": FAY}],
        "contextGroups": [{"objectType": "contextGroup", "group": anonymous(GUS)}],
        "contextActivities": {
            "parent": [activity("p"), activity("q")],
            "grouping": activity("g"),
            "category": [activity("o")],
            "other": [],
        },
    },
}


def test_agents_of_actor_and_object_are_direct() -> None:
    assert names(relations(FULL).agents_direct) == ["ann"]
    assert names(relations({**FULL, "actor": anonymous(ANN, HAL)}).agents_direct) == ["ann", "hal"]
    assert names(relations({**FULL, "object": {**HAL, "objectType": "Agent"}}).agents_direct) == [
        "ann",
        "hal",
    ]


def test_identified_group_is_found_by_itself_and_by_its_members() -> None:
    group = {"objectType": "Group", **ANN, "member": [BEN]}
    assert names(relations({**FULL, "actor": group}).agents_direct) == ["ann", "ben"]


def test_all_other_agents_are_related() -> None:
    keys = relations(FULL).agents_related
    assert "mbox mailto:team@example.org" in keys
    assert set(names(keys)) >= {"ben", "cor", "dan", "eve", "fay", "gus"}
    assert len(keys) == 7


def test_object_is_direct_and_context_activities_are_related() -> None:
    assert names(relations(FULL).activities_direct) == ["o"]
    assert names(relations(FULL).activities_related) == ["p", "q", "g"]


def test_everything_in_a_substatement_is_related() -> None:
    inner = {key: value for key, value in FULL.items() if key != "authority"}
    outer = {"actor": HAL, "verb": VERB, "object": {**inner, "objectType": "SubStatement"}}
    found = relations(outer)
    assert names(found.agents_direct) == ["hal"]
    assert set(names(found.agents_related)) >= {"ann", "dan", "eve", "fay", "gus"}
    assert found.activities_direct == ()
    assert names(found.activities_related) == ["o", "p", "q", "g"]


def test_reference_and_anonymous_group_without_members_are_about_nobody() -> None:
    reference = {"objectType": "StatementRef", "id": "3f2b4a9e-0000-4000-8000-000000000000"}
    assert relations({"actor": anonymous(), "verb": VERB, "object": reference}) == ((), (), (), ())


def _agents_anywhere(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_agents_anywhere, value))
    if not isinstance(value, dict):
        return set()
    own = {key} if (key := identifier_key(value)) else set()
    inner = (item for name, item in value.items() if name not in ("extensions", "account"))
    return own.union(*map(_agents_anywhere, inner))


@given(strategies.statements)
def test_no_agent_is_forgotten_and_none_stands_twice(statement: dict[str, Any]) -> None:
    found = relations(statement)
    both = found.agents_direct + found.agents_related
    assert set(both) == _agents_anywhere(statement)
    assert len(set(both)) == len(both)
