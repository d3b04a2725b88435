"""Reading attempts."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quizzes.enums import QuestionKind
from quizzes.models import Answer, Attempt, QuizItem


@dataclass(frozen=True, slots=True)
class QuizState:
    """How far a learner is with a quiz at one place."""

    question_count: int
    open_attempt: Attempt | None
    last_finished: Attempt | None
    is_passed: bool


def quiz_states(*, places: dict[str, int], registration: uuid.UUID | None) -> dict[str, QuizState]:
    """The state of the quizzes at `places` (context key → quiz id), in two queries."""
    counts = _question_counts(places.values())
    attempts: list[Attempt] = []
    if registration and places:
        attempts = list(
            Attempt.objects.filter(registration=registration, context_key__in=places).order_by(
                "started_at", "pk"
            )
        )
    return {
        key: _state(counts.get(quiz_id, 0), [one for one in attempts if one.context_key == key])
        for key, quiz_id in places.items()
    }


def _question_counts(quiz_ids: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for quiz_id in QuizItem.objects.filter(quiz__in=set(quiz_ids)).values_list(
        "quiz_id", flat=True
    ):
        counts[quiz_id] = counts.get(quiz_id, 0) + 1
    return counts


def _state(question_count: int, attempts: list[Attempt]) -> QuizState:
    finished = [one for one in attempts if one.finished_at]
    unfinished = [one for one in attempts if not one.finished_at]
    return QuizState(
        question_count=question_count,
        open_attempt=unfinished[-1] if unfinished else None,
        last_finished=finished[-1] if finished else None,
        is_passed=any(one.is_passed for one in finished),
    )


def answers_by_position(attempt: Attempt) -> dict[int, Answer]:
    return {answer.position: answer for answer in attempt.answers.all()}


def next_position(attempt: Attempt, answers: dict[int, Answer]) -> int | None:
    """The first question without an answer; None once all have one."""
    return next((at for at in range(len(attempt.questions)) if at not in answers), None)


@dataclass(frozen=True, slots=True)
class ChoiceReview:
    text: str
    feedback: str
    is_correct: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """A question with its answer, to be shown after it was given."""

    number: int
    text: str
    explanation: str
    is_correct: bool
    choices: list[ChoiceReview]


def question_review(attempt: Attempt, answer: Answer) -> QuestionReview:
    question = attempt.questions[answer.position]
    return QuestionReview(
        number=answer.position + 1,
        text=question["text"],
        explanation=question["explanation"],
        is_correct=answer.is_correct,
        choices=[
            ChoiceReview(
                text=choice["text"],
                feedback=choice["feedback"],
                is_correct=choice["is_correct"],
                is_chosen=choice["uid"] in answer.choices,
            )
            for choice in question["choices"]
        ],
    )


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question to be answered: nothing in it tells which choice is right."""

    number: int
    count: int
    text: str
    takes_many: bool
    choices: list[tuple[str, str]]


def question_asked(attempt: Attempt, position: int) -> QuestionAsked:
    question: dict[str, Any] = attempt.questions[position]
    return QuestionAsked(
        number=position + 1,
        count=len(attempt.questions),
        text=question["text"],
        takes_many=question["kind"] == QuestionKind.MULTIPLE,
        choices=[(choice["uid"], choice["text"]) for choice in question["choices"]],
    )
