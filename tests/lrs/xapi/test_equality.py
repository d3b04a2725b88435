"""Part Two 2.3.1: what counts when two statements are compared, and what does not."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given

from lrs.xapi.equality import equivalent
from tests.lrs.xapi import strategies
from tests.lrs.xapi.test_validation import FULL, ID, changed

A, B = {"mbox": "mailto:a@example.org"}, {"openid": "http://example.org/b"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", ...),
        ("stored", "2027-01-01T00:00:00Z"),
        ("stored", ...),
        ("authority", {"mbox": "mailto:lrs@example.org"}),
        ("version", "1.0.3"),
        ("timestamp", ...),
        ("timestamp", "2026-03-01T09:00:00.000+01:00"),
        ("timestamp", "2026-03-01T08:00:00.0001Z"),
        ("verb.display", {"de": "anders"}),
        ("verb.display", ...),
        ("object.definition", ...),
        ("object.definition.name", {"fr": "autre"}),
        ("attachments", ...),
        ("actor.mbox", "mailto:a@EXAMPLE.org"),
        ("context.registration", ID.upper()),
        ("context.language", "FR"),
        ("context.contextActivities.parent", [{"id": "http://example.org/p"}]),
        ("result.score.raw", 5.0),
    ],
)
def test_difference_is_ignored(path: str, value: Any) -> None:
    assert equivalent(FULL, changed(path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("timestamp", "2026-03-01T08:00:00.001Z"),
        ("actor.name", "B"),
        ("actor.mbox", "mailto:A@example.org"),
        ("verb.id", "http://example.org/w"),
        ("object.id", "http://example.org/O"),
        ("result.success", False),
        ("result.duration", "PT60S"),
        ("result.score.scaled", 0.6),
        ("result.score.scaled", ...),
        ("context.registration", ...),
        ("context.extensions", {"http://example.org/e": {"a": False}}),
        ("context.contextActivities.parent", {"id": "http://example.org/q"}),
    ],
)
def test_difference_counts(path: str, value: Any) -> None:
    assert not equivalent(FULL, changed(path, value))


def test_default_that_is_written_out_counts() -> None:
    """2.3.1.s9.b2: another serialisation, and none of the exceptions."""
    for path in ("object.objectType", "actor.objectType"):
        assert not equivalent(FULL, changed(path, ...))


def test_members_are_not_ordered() -> None:
    one, other = copy.deepcopy(FULL), copy.deepcopy(FULL)
    one["actor"] = {"objectType": "Group", "member": [A, B]}
    other["actor"] = {"objectType": "Group", "member": [B, A]}
    assert equivalent(one, other)
    other["actor"] = {"objectType": "Group", "member": [B]}
    assert not equivalent(one, other)


def test_true_is_not_one() -> None:
    one = changed("context.extensions", {"http://example.org/e": True})
    other = changed("context.extensions", {"http://example.org/e": 1})
    assert not equivalent(one, other)


def test_duration_is_a_text_down_to_the_hundredth() -> None:
    one, other = changed("result.duration", "PT1.239S"), changed("result.duration", "PT1.231S")
    assert equivalent(one, other)
    assert not equivalent(one, changed("result.duration", "PT1.24S"))


@given(strategies.statements)
def test_statement_equals_itself_rewritten(statement: dict[str, Any]) -> None:
    backwards = dict(reversed(statement.items()))
    assert equivalent(statement, copy.deepcopy(backwards))


@given(strategies.statements, strategies.statements)
def test_equality_goes_both_ways(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert equivalent(one, other) == equivalent(other, one)


@given(strategies.statements)
def test_another_verb_is_another_statement(statement: dict[str, Any]) -> None:
    assert not equivalent(statement, {**statement, "verb": {"id": "http://example.org/other"}})
