"""The statements that attempts and answers are, each from its stored row alone.

Interactions follow xAPI 1.0.3 Part Two 2.4.4.1 «Interaction Activities» and its Appendix C (the
same in IEEE 9274.1.1); how each type is written is with its kind.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from lrs.identifiers import ANONYMOUS_NAME, account_agent, activity_iri, statement_uuid
from lrs.xapi.vocabulary import activity_types, verbs
from quizzes.kinds import Frozen, kind_of
from quizzes.models import Answer, Attempt

LANGUAGE = "fr"


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
        "result": _answer_result(question, answer),
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


def _answer_result(question: Frozen, answer: Answer) -> dict[str, Any]:
    """What was answered, how right it is, and how long it took (Part Two 2.4.5)."""
    raw = int(answer.scaled) if answer.scaled in (0, 1) else round(answer.scaled, 4)
    result: dict[str, Any] = {
        "response": kind_of(question).written(question, answer.choices),
        "success": answer.is_correct,
        "completion": True,
        "score": {"scaled": raw, "raw": raw, "min": 0, "max": 1},
    }
    if answer.asked_at is not None:
        result["duration"] = duration(answer.answered_at - answer.asked_at)
    return result


def duration(time: dt.timedelta) -> str:
    """In seconds with two decimals at most, as ISO 8601 writes it (Part Two 4.6)."""
    hundredths = max(0, time // dt.timedelta(milliseconds=10))
    seconds, rest = divmod(hundredths, 100)
    return f"PT{seconds}.{rest:02d}S" if rest else f"PT{seconds}S"


def _interaction(question: Frozen) -> dict[str, Any]:
    kind = kind_of(question)
    return {
        "type": activity_types.INTERACTION,
        "description": {LANGUAGE: question["text"]},
        **kind.definition(question),
        "correctResponsesPattern": [kind.written(question, kind.right(question))],
    }
