"""Valid statements are accepted, and each single fault is refused where it stands."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.xapi.validation import validate_batch, validate_statement
from tests.lrs.xapi import strategies
from tests.lrs.xapi.faults import Fault, faults
from tests.lrs.xapi.test_validation import FULL, MEMBER

V1, V2 = "1.0.3", "2.0.0"
CONTEXT_V2 = {
    **FULL["context"],
    "contextAgents": [
        {"objectType": "contextAgent", "agent": MEMBER, "relevantTypes": ["http://example.org/t"]}
    ],
    "contextGroups": [
        {
            "objectType": "contextGroup",
            "group": {"objectType": "Group", "member": [MEMBER]},
            "relevantTypes": ["http://example.org/t"],
        }
    ],
}
FULL_V2 = {**FULL, "context": CONTEXT_V2}
INNER = {
    key: value
    for key, value in FULL_V2.items()
    if key not in ("id", "stored", "version", "authority")
}
OUTER = {
    "actor": {"account": {"homePage": "http://example.org", "name": "x"}},
    "verb": FULL["verb"],
    "object": {**INNER, "objectType": "SubStatement"},
}


@given(strategies.sent_statements)
def test_generated_statement_is_valid_in_version_2(statement: dict[str, Any]) -> None:
    assert validate_statement(statement, V2) == []


@given(strategies.statements_v1)
def test_generated_statement_is_valid_in_version_1(statement: dict[str, Any]) -> None:
    assert validate_statement(statement, V1) == []


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(strategies.sent_statements, st.data())
def test_single_fault_is_found_where_it_stands(statement: dict[str, Any], data: Any) -> None:
    fault = data.draw(st.sampled_from(list(faults(statement))))
    problems = validate_statement(fault.statement, V2)
    assert fault.path in {problem.path for problem in problems}


def known_faults() -> list[Any]:
    """The faults of three statements that use every property, by what is wrong."""
    grouped: dict[tuple[str, str, str], list[Fault]] = defaultdict(list)
    for version, name, statement in (
        (V1, "statement", FULL),
        (V2, "statement", FULL_V2),
        (V2, "sub-statement", OUTER),
    ):
        for fault in faults(statement):
            grouped[version, name, fault.what].append(fault)
    return [pytest.param(key[0], found, id=" ".join(key)) for key, found in grouped.items()]


@pytest.mark.parametrize(("version", "known"), known_faults())
def test_fault_is_found(version: str, known: list[Fault]) -> None:
    for fault in known:
        problems = validate_statement(fault.statement, version)
        assert fault.path in {problem.path for problem in problems}
        assert all(problem.clause and problem.message for problem in problems)
        assert all(problem.path.startswith("$") for problem in problems)


@pytest.mark.parametrize(("version", "known"), known_faults())
def test_nothing_else_is_blamed(version: str, known: list[Fault]) -> None:
    for fault in known:
        if "objecttype" in fault.path.lower() or fault.what in ("case of a key", "nested"):
            continue  # an object of another type is wrong in many ways
        for problem in validate_statement(fault.statement, version):
            one, other = problem.path, fault.path
            assert one.startswith(other) or other.startswith(one), problem


def test_one_bad_statement_of_a_batch_is_named() -> None:
    problems = validate_batch([FULL, {**FULL, "verb": {}}, FULL], V1)
    assert [problem.path for problem in problems] == ["$[1].verb.id"]
