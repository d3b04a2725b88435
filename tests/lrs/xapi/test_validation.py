"""One bad thing at a time, refused with its path and its clause (Part Two)."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from lrs.xapi.validation import validate_statement
from tests.lrs.xapi import strategies

ID = "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"
MEMBER = {"mbox": "mailto:a@example.org"}
FULL: dict[str, Any] = {
    "id": ID,
    "actor": {"objectType": "Agent", "name": "A", "mbox": "mailto:a@example.org"},
    "verb": {"id": "http://example.org/v", "display": {"fr": "v"}},
    "object": {
        "objectType": "Activity",
        "id": "http://example.org/o",
        "definition": {
            "name": {"fr": "o"},
            "type": "http://example.org/t",
            "moreInfo": "http://example.org/i",
            "interactionType": "choice",
            "choices": [{"id": "a", "description": {"fr": "A"}}, {"id": "b"}],
            "correctResponsesPattern": ["a"],
            "extensions": {"http://example.org/e": None},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": False,
        "response": "a",
        "duration": "PT1M",
    },
    "context": {
        "registration": ID,
        "instructor": {"objectType": "Group", "member": [MEMBER]},
        "team": {"objectType": "Group", "mbox": "mailto:t@example.org"},
        "contextActivities": {"parent": {"id": "http://example.org/p"}, "other": []},
        "revision": "1",
        "platform": "p",
        "language": "fr",
        "statement": {"objectType": "StatementRef", "id": ID},
        "extensions": {"http://example.org/e": {"a": None}},
    },
    "timestamp": "2026-03-01T08:00:00Z",
    "stored": "2026-03-01T08:00:00Z",
    "authority": {"mbox": "mailto:a@example.org"},
    "version": "1.0.0",
    "attachments": [
        {
            "usageType": "http://example.org/u",
            "display": {"fr": "d"},
            "contentType": "text/plain",
            "length": 1,
            "sha2": "0" * 64,
        }
    ],
}
_SUB_ONLY_NOT = {"id", "stored", "version", "authority"}


def changed(path: str, value: Any) -> dict[str, Any]:
    """FULL with `value` at a dotted path; the value ``...`` takes the property away."""
    result = copy.deepcopy(FULL)
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = result
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return result


_PATTERN = "$.object.definition.correctResponsesPattern"

FAULTS: list[tuple[str, Any, str]] = [
    ("actor", ..., "$.actor"),
    ("verb", ..., "$.verb"),
    ("object", ..., "$.object"),
    ("actor", None, "$.actor"),
    ("actor", "a", "$.actor"),
    ("actor", [], "$.actor"),
    ("extra", 1, "$.extra"),
    ("Actor", 1, "$.Actor"),
    ("id", "x", "$.id"),
    ("id", 1, "$.id"),
    ("id", ID + "0", "$.id"),
    ("actor.mbox", ..., "$.actor"),
    ("actor.mbox", "a@example.org", "$.actor.mbox"),
    ("actor.mbox", "MAILTO:a@example.org", "$.actor.mbox"),
    ("actor.mbox", "mailto:a", "$.actor.mbox"),
    ("actor.openid", "http://example.org", "$.actor"),
    ("actor.account", {"homePage": "http://a", "name": "x"}, "$.actor"),
    ("actor.objectType", "agent", "$.actor.objectType"),
    ("actor.objectType", "Activity", "$.actor.objectType"),
    ("actor.name", 1, "$.actor.name"),
    ("actor.member", [], "$.actor.member"),
    ("actor", {"mbox_sha1sum": "abc"}, "$.actor.mbox_sha1sum"),
    ("actor", {"openid": "example"}, "$.actor.openid"),
    ("actor", {"account": {"name": "x"}}, "$.actor.account.homePage"),
    ("actor", {"account": {"homePage": "http://a"}}, "$.actor.account.name"),
    ("actor", {"account": {"homePage": "a", "name": "x"}}, "$.actor.account.homePage"),
    ("actor", {"account": {"homePage": "http://a", "name": 1}}, "$.actor.account.name"),
    ("actor", {"objectType": "Group"}, "$.actor.member"),
    ("actor", {"objectType": "Group", "member": {}}, "$.actor.member"),
    ("actor", {"objectType": "Group", "member": [None]}, "$.actor.member[0]"),
    ("actor", {"objectType": "Group", "member": [{"name": "x"}]}, "$.actor.member[0]"),
    (
        "actor",
        {"objectType": "Group", "member": [{"objectType": "Group", "member": []}]},
        "$.actor.member[0].objectType",
    ),
    ("verb.id", ..., "$.verb.id"),
    ("verb.id", "completed", "$.verb.id"),
    ("verb.display", "v", "$.verb.display"),
    ("verb.display", {"a_b": "v"}, "$.verb.display.a_b"),
    ("verb.display", {"fr": 1}, "$.verb.display.fr"),
    ("verb.display", {"fr": None}, "$.verb.display.fr"),
    ("verb.name", "v", "$.verb.name"),
    ("object.id", ..., "$.object.id"),
    ("object.id", "o", "$.object.id"),
    ("object.objectType", "activity", "$.object.objectType"),
    ("object.objectType", None, "$.object.objectType"),
    ("object.definition", None, "$.object.definition"),
    ("object.definition.type", "t", "$.object.definition.type"),
    ("object.definition.moreInfo", "i", "$.object.definition.moreInfo"),
    ("object.definition.name", {"": "o"}, "$.object.definition.name['']"),
    ("object.definition.extensions", {"e": 1}, "$.object.definition.extensions.e"),
    ("object.definition.extensions", [], "$.object.definition.extensions"),
    ("object.definition.interactionType", ..., "$.object.definition.interactionType"),
    ("object.definition.interactionType", "Choice", "$.object.definition.interactionType"),
    ("object.definition.interactionType", "likert", "$.object.definition.choices"),
    ("object.definition.choices", {}, "$.object.definition.choices"),
    ("object.definition.choices", [{"id": "a"}, {"id": "a"}], "$.object.definition.choices"),
    ("object.definition.choices.0.id", ..., "$.object.definition.choices[0].id"),
    ("object.definition.choices.0.id", 1, "$.object.definition.choices[0].id"),
    ("object.definition.choices.0.label", "x", "$.object.definition.choices[0].label"),
    (
        "object.definition.correctResponsesPattern",
        "a",
        "$.object.definition.correctResponsesPattern",
    ),
    (
        "object.definition.correctResponsesPattern.0",
        1,
        "$.object.definition.correctResponsesPattern[0]",
    ),
    ("result.score.scaled", 1.01, "$.result.score.scaled"),
    ("result.score.scaled", "0.5", "$.result.score.scaled"),
    ("result.score.scaled", True, "$.result.score.scaled"),
    ("result.score.raw", 11, "$.result.score.raw"),
    ("result.score.raw", -1, "$.result.score.raw"),
    ("result.score.min", 10, "$.result.score.min"),
    ("result.score.percent", 1, "$.result.score.percent"),
    ("result.success", "true", "$.result.success"),
    ("result.completion", 1, "$.result.completion"),
    ("result.response", 1, "$.result.response"),
    ("result.duration", "1 minute", "$.result.duration"),
    ("result.extra", 1, "$.result.extra"),
    ("context.registration", "x", "$.context.registration"),
    ("context.instructor", {}, "$.context.instructor"),
    ("context.team", {"mbox": "mailto:a@example.org"}, "$.context.team.objectType"),
    ("context.contextActivities.Parent", [], "$.context.contextActivities.Parent"),
    ("context.contextActivities.parent", "p", "$.context.contextActivities.parent"),
    ("context.contextActivities.parent", [{"id": "p"}], "$.context.contextActivities.parent[0].id"),
    (
        "context.contextActivities.parent",
        {"objectType": "Agent", "id": "http://a"},
        "$.context.contextActivities.parent.objectType",
    ),
    ("context.revision", 1, "$.context.revision"),
    ("context.language", "fr_FR", "$.context.language"),
    ("context.statement", {"id": ID}, "$.context.statement.objectType"),
    ("context.statement.id", "x", "$.context.statement.id"),
    ("context.extensions", {"e": 1}, "$.context.extensions.e"),
    ("timestamp", "2026-03-01", "$.timestamp"),
    ("timestamp", 1, "$.timestamp"),
    ("stored", "yesterday", "$.stored"),
    ("authority", {"objectType": "Group", "member": [MEMBER]}, "$.authority"),
    ("authority", {"objectType": "Group", "mbox": "mailto:a@example.org"}, "$.authority"),
    ("version", "0.95", "$.version"),
    ("version", "1.1.0", "$.version"),
    ("version", 1, "$.version"),
    ("attachments", {}, "$.attachments"),
    ("attachments.0.usageType", ..., "$.attachments[0].usageType"),
    ("attachments.0.usageType", "u", "$.attachments[0].usageType"),
    ("attachments.0.display", ..., "$.attachments[0].display"),
    ("attachments.0.contentType", "text", "$.attachments[0].contentType"),
    ("attachments.0.length", "1", "$.attachments[0].length"),
    ("attachments.0.length", 1.5, "$.attachments[0].length"),
    ("attachments.0.sha2", "x", "$.attachments[0].sha2"),
    ("attachments.0.fileUrl", "x", "$.attachments[0].fileUrl"),
]


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_full_statement_is_valid(version: str) -> None:
    assert validate_statement(FULL, version) == []


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@pytest.mark.parametrize(("path", "value", "expected"), FAULTS)
def test_fault_is_found_at_its_path(version: str, path: str, value: Any, expected: str) -> None:
    problems = validate_statement(changed(path, value), version)
    assert expected in {problem.path for problem in problems}
    assert all(problem.clause and problem.message for problem in problems)


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [fault for fault in FAULTS if fault[0].split(".")[0] not in _SUB_ONLY_NOT],
)
def test_fault_is_found_in_a_substatement(path: str, value: Any, expected: str) -> None:
    """Part Two 2.4.4.3.s8.b2: a sub-statement is validated as a statement."""
    inner = {key: item for key, item in changed(path, value).items() if key not in _SUB_ONLY_NOT}
    outer = {**_outer(), "object": {**inner, "objectType": "SubStatement"}}
    assert expected.replace("$", "$.object", 1) in {p.path for p in validate_statement(outer)}


def _outer() -> dict[str, Any]:
    return {"actor": MEMBER, "verb": {"id": "http://example.org/v"}}


@pytest.mark.parametrize("key", sorted(_SUB_ONLY_NOT))
def test_substatement_lacks_what_only_statements_have(key: str) -> None:
    sub = {**_outer(), "objectType": "SubStatement", "object": {"id": "http://example.org/o"}}
    statement = {**_outer(), "object": {**sub, key: FULL[key]}}
    assert [p.path for p in validate_statement(statement)] == [f"$.object.{key}"]


def test_substatement_is_never_nested() -> None:
    inner = {**_outer(), "objectType": "SubStatement", "object": {"id": "http://example.org/o"}}
    sub = {**_outer(), "objectType": "SubStatement", "object": inner}
    problems = validate_statement({**_outer(), "object": sub})
    assert [problem.clause for problem in problems] == ["2.4.4.3.s8.b4"]


@pytest.mark.parametrize("obj", [{"mbox": "mailto:a@example.org"}, {"objectType": "Person"}, 1])
def test_object_of_no_known_kind_is_refused(obj: Any) -> None:
    assert validate_statement({**_outer(), "object": obj})


@pytest.mark.parametrize("key", ["revision", "platform"])
@pytest.mark.parametrize(
    "obj", [{"objectType": "Agent", **MEMBER}, {"objectType": "StatementRef", "id": ID}]
)
def test_revision_and_platform_are_for_activities(key: str, obj: dict[str, Any]) -> None:
    problems = validate_statement({**_outer(), "object": obj, "context": {key: "1"}})
    assert [problem.path for problem in problems] == [f"$.context.{key}"]


def test_voiding_refers_to_a_statement() -> None:
    voided = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    problems = validate_statement({**_outer(), "verb": voided, "object": {"id": "http://a"}})
    assert [problem.clause for problem in problems] == ["2.3.2.s2.b1"]


@pytest.mark.parametrize(
    ("key", "item"),
    [
        ("contextAgents", {"objectType": "contextAgent", "agent": MEMBER}),
        (
            "contextGroups",
            {
                "objectType": "contextGroup",
                "group": {"objectType": "Group", "member": [MEMBER]},
                "relevantTypes": ["http://example.org/t"],
            },
        ),
    ],
)
def test_context_agents_and_groups_are_of_version_2_only(key: str, item: dict[str, Any]) -> None:
    statement = changed(f"context.{key}", [item])
    assert validate_statement(statement, "2.0.0") == []
    assert [p.path for p in validate_statement(statement, "1.0.3")] == [f"$.context.{key}"]
    for name in ("objectType", "agent" if "agent" in item else "group"):
        lacking = {k: v for k, v in item.items() if k != name}
        assert validate_statement(changed(f"context.{key}", [lacking]), "2.0.0")
    assert validate_statement(changed(f"context.{key}", [{**item, "relevantTypes": []}]), "2.0.0")
    assert validate_statement(changed(f"context.{key}", [{**item, "relevantTypes": ["t"]}]))


def test_version_2_accepts_statements_of_both_versions() -> None:
    assert validate_statement(changed("version", "2.0.0"), "2.0.0") == []
    assert validate_statement(changed("version", "2.0.0"), "1.0.3")


@pytest.mark.parametrize("statement", [None, 1, "x", []])
def test_what_is_no_object_is_no_statement(statement: Any) -> None:
    assert [problem.path for problem in validate_statement(statement)] == ["$"]


@given(strategies.statements)
def test_every_generated_statement_is_valid(statement: dict[str, Any]) -> None:
    assert validate_statement(statement, "2.0.0") == []


@given(strategies.statements)
def test_null_is_refused_wherever_it_stands(statement: dict[str, Any]) -> None:
    for key in statement:
        assert validate_statement({**statement, key: None}, "2.0.0")
