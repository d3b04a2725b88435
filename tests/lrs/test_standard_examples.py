"""The examples that the standard itself prints (Part Two 2.3.2, 2.4, 2.4.4.3, appendices A and C).

They are facts of the standard's text, given here as data; each must be accepted by both versions.
"""

from __future__ import annotations

from typing import Any

import pytest

from lrs.xapi.validation import validate_statement

ACTOR = {"objectType": "Agent", "mbox": "mailto:test@example.com"}
SIMPLEST: dict[str, Any] = {
    "id": "12345678-1234-5678-1234-567812345678",
    "actor": {"mbox": "mailto:xapi@adlnet.gov"},
    "verb": {
        "id": "http://adlnet.gov/expapi/verbs/created",
        "display": {"en-US": "created"},
    },
    "object": {"id": "http://example.adlnet.gov/xapi/example/activity"},
}
VOIDING: dict[str, Any] = {
    "actor": {
        "objectType": "Agent",
        "name": "Example Admin",
        "mbox": "mailto:admin@example.adlnet.gov",
    },
    "verb": {"id": "http://adlnet.gov/expapi/verbs/voided", "display": {"en-US": "voided"}},
    "object": {"objectType": "StatementRef", "id": "e05aa883-acaf-40ad-bf54-02c8ce485fb0"},
}
COMMENT: dict[str, Any] = {
    "actor": ACTOR,
    "verb": {"id": "http://example.com/commented", "display": {"en-US": "commented"}},
    "object": {"objectType": "StatementRef", "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0"},
    "result": {"response": "Wow, nice work!"},
}
PLAN: dict[str, Any] = {
    "actor": ACTOR,
    "verb": {"id": "http://example.com/planned", "display": {"en-US": "planned"}},
    "object": {
        "objectType": "SubStatement",
        "actor": ACTOR,
        "verb": {"id": "http://example.com/visited", "display": {"en-US": "will visit"}},
        "object": {
            "objectType": "Activity",
            "id": "http://example.com/website",
            "definition": {"name": {"en-US": "Some Awesome Website"}},
        },
    },
}
OAUTH: dict[str, Any] = {
    **SIMPLEST,
    "authority": {
        "objectType": "Group",
        "member": [
            {
                "account": {
                    "homePage": "http://example.com/xAPI/OAuth/Token",
                    "name": "oauth_consumer_x75db",
                }
            },
            {"mbox": "mailto:bob@example.com"},
        ],
    },
}


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@pytest.mark.parametrize("example", [SIMPLEST, VOIDING, COMMENT, PLAN, OAUTH])
def test_example_is_accepted(example: dict[str, Any], version: str) -> None:
    assert validate_statement(example, version) == []


@pytest.mark.parametrize(
    "definition",
    [
        {"interactionType": "true-false", "correctResponsesPattern": ["true"]},
        {
            "interactionType": "choice",
            "correctResponsesPattern": ["golf[,]tetris"],
            "choices": [
                {"id": "golf", "description": {"en-US": "Golf Example"}},
                {"id": "tetris", "description": {"en-US": "Tetris Example"}},
            ],
        },
        {"interactionType": "fill-in", "correctResponsesPattern": ["Bob's your uncle"]},
        {
            "interactionType": "long-fill-in",
            "correctResponsesPattern": [
                "{case_matters=false}{lang=en}To store and provide access to learning experiences."
            ],
        },
        {
            "interactionType": "likert",
            "correctResponsesPattern": ["likert_3"],
            "scale": [{"id": "likert_0", "description": {"en-US": "It's OK"}}, {"id": "likert_3"}],
        },
        {
            "interactionType": "matching",
            "correctResponsesPattern": ["ben[.]3[,]chris[.]2"],
            "source": [{"id": "ben"}, {"id": "chris"}],
            "target": [{"id": "3"}, {"id": "2"}],
        },
        {
            "interactionType": "performance",
            "correctResponsesPattern": ["pong[.]1:[,]dg[.]:10[,]lunch[.]"],
            "steps": [{"id": "pong"}, {"id": "dg"}, {"id": "lunch"}],
        },
        {
            "interactionType": "sequencing",
            "correctResponsesPattern": ["tim[,]mike"],
            "choices": [{"id": "tim"}, {"id": "mike"}],
        },
        {"interactionType": "numeric", "correctResponsesPattern": ["4[:]"]},
        {
            "interactionType": "other",
            "correctResponsesPattern": ["(35.937432,-86.868896)"],
        },
    ],
    ids=lambda definition: definition["interactionType"],
)
def test_interaction_example_is_accepted(definition: dict[str, Any]) -> None:
    definition = {"type": "http://adlnet.gov/expapi/activities/cmi.interaction", **definition}
    example = {**SIMPLEST, "object": {"id": "http://example.org/i", "definition": definition}}
    assert validate_statement(example) == []
