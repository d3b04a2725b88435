"""The statements that attempts and answers are, each from its stored row alone.

Interactions follow xAPI 1.0.3 Part Two 4.1 «Interaction Activities» (unchanged in IEEE 9274.1.1).
"""

from __future__ import annotations

from typing import Any

from lrs.identifiers import ANONYMOUS_NAME, account_agent, activity_iri, statement_uuid
from lrs.xapi.vocabulary import activity_types, verbs
from quizzes.enums import QuestionKind
from quizzes.models import Answer, Attempt

LANGUAGE = "fr"
LIST_SEPARATOR = "[,]"  # Part Two 4.1, response patterns


def answered(attempt: Attempt, answer: Answer) -> dict[str, Any]:
    """«answered» about one question, with what was chosen and whether it was right."""
    question = attempt.questions[answer.position]
    return {
        "id": str(statement_uuid("answered", answer.uid)),
        "actor": account_agent(attempt.actor or ANONYMOUS_NAME),
        "verb": verbs.verb(verbs.ANSWERED),
        "object": {
            "objectType": "Activity",
            "id": activity_iri("question", question["uid"]),
            "definition": _interaction(question),
        },
        "result": {
            "response": _response(question, answer.choices),
            "success": answer.is_correct,
            "completion": True,
        },
        "context": _context(attempt, parents=[quiz_iri(attempt), *attempt.parents]),
        "timestamp": answer.answered_at.isoformat(),
    }


def finished(attempt: Attempt) -> dict[str, Any]:
    """«passed» or «failed» about the quiz, with the score."""
    verb = verbs.PASSED if attempt.is_passed else verbs.FAILED
    assert attempt.finished_at is not None
    return {
        "id": str(statement_uuid("finished", attempt.uid)),
        "actor": account_agent(attempt.actor or ANONYMOUS_NAME),
        "verb": verbs.verb(verb),
        "object": {
            "objectType": "Activity",
            "id": quiz_iri(attempt),
            "definition": {
                "type": activity_types.ASSESSMENT,
                "name": {LANGUAGE: attempt.quiz_title},
            },
        },
        "result": {
            "score": attempt.score(),
            "success": attempt.is_passed,
            "completion": True,
        },
        "context": _context(attempt, parents=list(attempt.parents)),
        "timestamp": attempt.finished_at.isoformat(),
    }


def quiz_iri(attempt: Attempt) -> str:
    return activity_iri("quiz", attempt.quiz_uid)


def _context(attempt: Attempt, *, parents: list[str]) -> dict[str, Any]:
    nearest, *others = parents
    activities = {"parent": [{"id": nearest}]}
    if others:
        activities["grouping"] = [{"id": iri} for iri in others]
    return {
        "registration": str(attempt.registration),
        "revision": attempt.revision,
        "language": LANGUAGE,
        "contextActivities": activities,
    }


def _interaction(question: dict[str, Any]) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "type": activity_types.INTERACTION,
        "description": {LANGUAGE: question["text"]},
    }
    right = [choice["uid"] for choice in question["choices"] if choice["is_correct"]]
    if question["kind"] == QuestionKind.TRUE_FALSE:
        definition["interactionType"] = "true-false"
    else:
        definition["interactionType"] = "choice"
        definition["choices"] = [
            {"id": choice["uid"], "description": {LANGUAGE: choice["text"]}}
            for choice in question["choices"]
        ]
    definition["correctResponsesPattern"] = [_response(question, right)]
    return definition


def _response(question: dict[str, Any], chosen: list[str]) -> str:
    if question["kind"] == QuestionKind.TRUE_FALSE:
        # The first choice is «Vrai», as the form of a question makes sure.
        return "true" if chosen == [question["choices"][0]["uid"]] else "false"
    return LIST_SEPARATOR.join(chosen)
