"""The shape of the platform's own statements."""

from __future__ import annotations

import datetime as dt
import uuid

from lrs.identifiers import account_agent, statement_uuid
from lrs.issuing import activity, issued, learning_context, named
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import activity_types, verbs

ROW, SESSION = uuid.UUID(int=1), uuid.UUID(int=2)
NOW = dt.datetime(2026, 5, 4, 3, 12, tzinfo=dt.UTC)
LESSON = activity("https://example.org/lesson", activity_types.LESSON, name=named("Leçon"))


def test_a_statement_is_all_its_rows() -> None:
    said = issued(
        identity=("completed", ROW), actor=ROW, verb=verbs.COMPLETED, target=LESSON, at=NOW
    )
    assert said == {
        "id": str(statement_uuid("completed", ROW)),
        "actor": account_agent(ROW),
        "verb": verbs.verb(verbs.COMPLETED),
        "object": LESSON,
        "timestamp": "2026-05-04T03:12:00+00:00",
    }
    assert validate_statement(said, "2.0.0") == []


def test_the_nearest_activity_around_is_the_parent() -> None:
    within = [
        "https://example.org/quiz",
        "https://example.org/lesson",
        "https://example.org/module",
    ]
    context = learning_context(
        registration=SESSION,
        revision="7",
        within=within,
        category="https://example.org/profile",
        extensions={"https://example.org/x": 1},
    )
    assert context == {
        "registration": str(SESSION),
        "revision": "7",
        "language": "fr",
        "contextActivities": {
            "parent": [{"id": within[0]}],
            "grouping": [{"id": within[1]}, {"id": within[2]}],
            "category": [{"id": "https://example.org/profile"}],
        },
        "extensions": {"https://example.org/x": 1},
    }


def test_what_there_is_not_is_left_out() -> None:
    context = learning_context(registration=SESSION, revision="")
    assert context == {"registration": str(SESSION), "language": "fr"}
