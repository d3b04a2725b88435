"""The formats of GET statements (Part Three 2.1.3), and how definitions grow."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from lrs.xapi.presentation import (
    activity_ids,
    definitions_merged,
    displays_merged,
    in_canonical_format,
    in_ids_format,
    verb_ids,
)
from lrs.xapi.relations import relations
from lrs.xapi.validation import validate_statement
from tests.lrs.xapi import strategies

ANN = {"objectType": "Agent", "name": "Ann", "mbox": "mailto:ann@example.org"}
BEN = {"name": "Ben", "account": {"homePage": "http://example.org", "name": "ben"}}
TEAM = {"objectType": "Group", "name": "Team", "mbox": "mailto:t@example.org", "member": [ANN]}
CROWD = {"objectType": "Group", "name": "Crowd", "member": [ANN, BEN]}
NAMES = {"en": "one", "fr": "un"}
VERB = {"id": "http://example.org/v", "display": NAMES}
ACTIVITY = {
    "objectType": "Activity",
    "id": "http://example.org/o",
    "definition": {"name": NAMES, "type": "http://example.org/t"},
}
CONTEXT: dict[str, Any] = {
    "instructor": ANN,
    "team": TEAM,
    "platform": "p",
    "contextActivities": {"parent": [ACTIVITY], "other": ACTIVITY},
    "contextAgents": [
        {"objectType": "contextAgent", "agent": ANN, "relevantTypes": ["http://example.org/r"]}
    ],
    "contextGroups": [{"objectType": "contextGroup", "group": CROWD}],
}
INNER: dict[str, Any] = {"actor": CROWD, "verb": VERB, "object": ACTIVITY, "context": CONTEXT}
OUTER: dict[str, Any] = {
    "id": "3f2b4a9e-0000-4000-8000-000000000000",
    "actor": ANN,
    "verb": VERB,
    "object": {**INNER, "objectType": "SubStatement"},
    "authority": BEN,
    "result": {"success": True},
}
ANN_ID = {"mbox": "mailto:ann@example.org"}
BEN_ID = {"account": BEN["account"]}
CROWD_ID = {"objectType": "Group", "member": [ANN_ID, BEN_ID]}
TEAM_ID = {"objectType": "Group", "mbox": "mailto:t@example.org"}


def test_ids_are_the_least_that_identifies() -> None:
    found = in_ids_format(INNER)
    assert found["actor"] == CROWD_ID
    assert found["verb"] == {"id": "http://example.org/v"}
    assert found["object"] == {"id": "http://example.org/o"}
    assert found["context"] == {
        "instructor": ANN_ID,
        "team": TEAM_ID,
        "platform": "p",
        "contextActivities": {key: [{"id": "http://example.org/o"}] for key in ("parent", "other")},
        "contextAgents": [{**CONTEXT["contextAgents"][0], "agent": ANN_ID}],
        "contextGroups": [{"objectType": "contextGroup", "group": CROWD_ID}],
    }


def test_ids_go_into_substatements_and_leave_the_rest() -> None:
    found = in_ids_format(OUTER)
    assert found["object"] == {**in_ids_format(INNER), "objectType": "SubStatement"}
    assert found["authority"] == BEN_ID
    assert found["result"] == OUTER["result"]
    assert found["id"] == OUTER["id"]


@pytest.mark.parametrize(
    ("obj", "expected"),
    [
        (ANN, {"objectType": "Agent", **ANN_ID}),
        (CROWD, CROWD_ID),
        (TEAM, TEAM_ID),
        (reference := {"objectType": "StatementRef", "id": OUTER["id"]}, reference),
    ],
)
def test_objects_keep_the_type_that_they_must_have(obj: Any, expected: Any) -> None:
    assert in_ids_format({**INNER, "object": obj})["object"] == expected


@given(strategies.statements)
def test_ids_identify_the_same_and_are_valid(statement: dict[str, Any]) -> None:
    before = copy.deepcopy(statement)
    found = in_ids_format(statement)
    assert statement == before
    assert validate_statement(found) == []
    assert activity_ids(found) == activity_ids(statement)
    assert set(relations(found).agents_direct) <= set(relations(statement).agents_direct)
    assert in_ids_format(found) == found


def canonical(statement: dict[str, Any], language: str = "fr") -> dict[str, Any]:
    known = {"http://example.org/o": {"name": {"de": "eins", "fr": "premier"}, "description": {}}}
    return in_canonical_format(
        statement,
        activity_definition=known.get,
        verb_display={"http://example.org/v": {"en": "did", "fr": "a fait"}}.get,
        accept_language=language,
    )


def test_canonical_takes_what_the_store_knows_in_one_language() -> None:
    found = canonical(INNER)
    assert found["actor"] == CROWD
    assert found["verb"] == {"id": "http://example.org/v", "display": {"fr": "a fait"}}
    definition = {"name": {"fr": "premier"}, "description": {}}
    assert found["object"] == {**ACTIVITY, "definition": definition}
    activities = found["context"]["contextActivities"]
    assert activities == {"parent": [found["object"]], "other": [found["object"]]}
    assert found["context"]["team"] == TEAM
    assert canonical(OUTER)["object"] == {**found, "objectType": "SubStatement"}


def test_each_language_map_is_reduced_by_itself() -> None:
    found = canonical(INNER, "en, de;q=0.5")
    assert found["verb"]["display"] == {"en": "did"}
    assert found["object"]["definition"]["name"] == {"de": "eins"}


def test_canonical_falls_back_to_the_statement() -> None:
    interaction = {
        "name": NAMES,
        "interactionType": "matching",
        "source": [{"id": "a", "description": NAMES}, {"id": "b"}],
        "target": [{"id": "a", "description": {}}],
    }
    obj = {"id": "http://example.org/unknown", "definition": interaction}
    verb = {"id": "http://example.org/unknown"}
    found = canonical({**INNER, "object": obj, "verb": verb})
    assert found["verb"] == verb
    assert found["object"]["definition"] == {
        "name": {"fr": "un"},
        "interactionType": "matching",
        "source": [{"id": "a", "description": {"fr": "un"}}, {"id": "b"}],
        "target": [{"id": "a", "description": {}}],
    }
    assert canonical({**INNER, "object": {"id": "http://example.org/x"}})["object"] == {
        "id": "http://example.org/x"
    }


@given(strategies.statements)
def test_canonical_is_valid_and_changes_nothing(statement: dict[str, Any]) -> None:
    before = copy.deepcopy(statement)
    found = canonical(statement)
    assert statement == before
    assert validate_statement(found) == []


def test_ids_of_activities_and_verbs_are_told() -> None:
    assert activity_ids(OUTER) == ("http://example.org/o",)
    assert verb_ids(OUTER) == ("http://example.org/v", "http://example.org/v")
    assert verb_ids(INNER) == ("http://example.org/v",)


def test_definition_grows() -> None:
    old = {"name": {"fr": "a", "en": "a"}, "type": "http://a", "extensions": {"http://x": 1}}
    new = {
        "name": {"fr": "b", "de": "b"},
        "description": {"fr": "d"},
        "type": "http://b",
        "extensions": {"http://y": 2},
    }
    assert definitions_merged(old, new) == {
        "name": {"fr": "b", "en": "a", "de": "b"},
        "description": {"fr": "d"},
        "type": "http://b",
        "extensions": {"http://x": 1, "http://y": 2},
    }
    assert definitions_merged(None, new) == new
    assert definitions_merged(old, None) == old
    assert definitions_merged(None, None) == {}


def test_correct_responses_are_not_changed() -> None:
    """Part Two 2.4.4.1.s4.b5."""
    old = {"interactionType": "true-false", "correctResponsesPattern": ["true"]}
    new = {"interactionType": "true-false", "correctResponsesPattern": ["false"], "name": NAMES}
    assert definitions_merged(old, new) == {**old, "name": NAMES}
    assert definitions_merged({"name": NAMES}, new) == new


def test_display_grows() -> None:
    assert displays_merged({"fr": "a", "en": "a"}, {"fr": "b"}) == {"fr": "b", "en": "a"}
    assert displays_merged(None, None) == {}
