"""What editors see of a question or a quiz before they save it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from quizzes.drawing import pool_of
from quizzes.freezing import question_frozen, question_shuffled
from quizzes.gaps import question_gaps
from quizzes.kinds import Frozen, kind_of
from quizzes.models import Question, Quiz
from quizzes.selectors import (
    QuestionAsked,
    QuestionReview,
    asked_made,
    question_picture,
    review_made,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """A question as a learner will see it; `problem` says why it cannot be shown yet."""

    asked: QuestionAsked | None = None
    review: QuestionReview | None = None
    gaps: list[str] | None = None


def question_preview(question: Question, *, is_answered: bool) -> Preview:
    """Nothing but what is missing, while the question cannot be asked."""
    gaps = question_gaps(question)
    frozen = question_frozen(question)
    if kind_of(frozen).problem(_choices(question)):
        return Preview(gaps=gaps)
    rng = random.Random(question.text)  # noqa: S311 - the same order at each keystroke
    asked = question_shuffled(frozen, rng, choices=False)
    if is_answered:
        return Preview(review=_review(asked), gaps=gaps)
    return Preview(asked=asked_made([asked], 0), gaps=gaps)


def _review(question: Frozen) -> QuestionReview:
    right = kind_of(question).right(question)
    return replace(review_made(question, right, 1.0, 1), picture=question_picture(question))


def _choices(question: Question) -> list[dict[str, object]]:
    return [
        {"text": one.text, "is_correct": one.is_correct, "match": one.match}
        for one in question.choices.all()
    ]


def quiz_preview(quiz: Quiz) -> list[Preview]:
    """One draw of the quiz, as some learner would get it."""
    rng = random.Random(quiz.title)  # noqa: S311 - the same draw at each keystroke
    questions = pool_of(quiz).drawn(rng)
    return [Preview(asked=asked_made(questions, at)) for at in range(len(questions))]
