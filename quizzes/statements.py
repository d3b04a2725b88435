"""The statements that attempts and answers are, each from its stored row alone.

Interactions follow xAPI 1.0.3 Part Two 2.4.4.1 «Interaction Activities» and its Appendix C (the
same in IEEE 9274.1.1); how each type is written is with its kind.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from lrs.identifiers import ANONYMOUS_NAME, activity_iri
from lrs.issuing import activity, issued, learning_context, named
from lrs.xapi import durations
from lrs.xapi.vocabulary import activity_types, verbs
from quizzes.enums import QuestionKind
from quizzes.kinds import Frozen, kind_of
from quizzes.models import Answer, Attempt


def answered(attempt: Attempt, answer: Answer) -> dict[str, Any]:
    """«answered» about one question, with what was chosen and whether it was right."""
    question = _in_one_order(attempt.questions[answer.position])
    return _said(
        attempt,
        identity=("answered", answer.uid),
        verb=verbs.ANSWERED,
        target=_interaction(question),
        at=answer.answered_at,
        result=_answer_result(question, answer),
        within=[quiz_iri(attempt), *attempt.parents],
    )


def finished(attempt: Attempt) -> dict[str, Any]:
    """«passed» or «failed» about the quiz, with the score."""
    assert attempt.finished_at is not None
    name = named(attempt.quiz_title)
    return _said(
        attempt,
        identity=("finished", attempt.uid),
        verb=verbs.PASSED if attempt.is_passed else verbs.FAILED,
        target=activity(quiz_iri(attempt), activity_types.ASSESSMENT, name=name),
        at=attempt.finished_at,
        result={"score": attempt.score(), "success": attempt.is_passed, "completion": True},
        within=attempt.parents,
    )


def quiz_iri(attempt: Attempt) -> str:
    return activity_iri("quiz", attempt.quiz_uid)


def _said(
    attempt: Attempt,
    *,
    identity: tuple[str, uuid.UUID],
    verb: str,
    target: dict[str, Any],
    at: dt.datetime,
    result: dict[str, Any],
    within: Sequence[str],
) -> dict[str, Any]:
    context = learning_context(
        registration=attempt.registration, revision=attempt.revision, within=within
    )
    return issued(
        identity=identity,
        actor=attempt.actor or ANONYMOUS_NAME,
        verb=verb,
        target=target,
        at=at,
        context=context,
        result=result,
    )


def _in_one_order(question: Frozen) -> Frozen:
    """The question without the order in which this learner saw it.

    An activity id has one definition: two shuffles that read differently would make each answer
    news for the store's picture of the question.
    """
    if question["kind"] == QuestionKind.TRUE_FALSE:  # never shuffled, and the first one is «true»
        return question
    parts = [name for name in ("choices", "targets") if name in question]
    return question | {name: sorted(question[name], key=lambda one: one["uid"]) for name in parts}


def _answer_result(question: Frozen, answer: Answer) -> dict[str, Any]:
    """What was answered, how right it is, and how long it took (Part Two 2.4.5)."""
    kind = kind_of(question)
    raw = int(answer.scaled) if answer.scaled in (0, 1) else round(answer.scaled, 4)
    result: dict[str, Any] = {
        "response": kind.written(question, kind.checked(question, answer.choices)),
        "success": answer.is_correct,
        "completion": True,
        "score": {"scaled": raw, "raw": raw, "min": 0, "max": 1},
    }
    if answer.asked_at is not None:
        result["duration"] = durations.written(answer.answered_at - answer.asked_at)
    return result


def _interaction(question: Frozen) -> dict[str, Any]:
    kind = kind_of(question)
    return activity(
        activity_iri("question", question["uid"]),
        activity_types.INTERACTION,
        description=named(question["text"]),
        **kind.definition(question),
        correctResponsesPattern=[kind.written(question, kind.right(question))],
    )
