"""Taking a quiz: open an attempt, answer its questions one by one, and it finishes by itself.

Every step is idempotent: a double click, the back button or a second tab gives the same attempt and
the same answer, and counts nothing twice.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lrs.services import PLATFORM, atomic_repeated, statements_store
from quizzes import statements
from quizzes.drawing import pool_of
from quizzes.freezing import wording
from quizzes.kinds import AnswerInvalid, Frozen, Response, kind_of
from quizzes.models import Answer, Attempt, Quiz
from quizzes.policy import AttemptRefused, refusal

__all__ = [
    "AnswerInvalid",
    "AttemptContext",
    "AttemptRefused",
    "answer_graded",
    "attempt_answer",
    "attempt_finish",
    "attempt_open",
    "question_show",
]


FINISHED_FIELDS = ["question_count", "correct_count", "points", "is_passed", "finished_at"]


@dataclass(frozen=True, slots=True)
class AttemptContext:
    """Who takes the quiz and where; opaque to this room.

    `actor` is the learner's public uid, None for a visitor without sign-in. `key` is the place,
    `registration` the learning session, `parents` the ids of the activities around the quiz from
    the nearest out, `revision` that of the content, `pass_mark` the share of right answers that
    passes, in percent, unless the quiz has its own.
    """

    actor: uuid.UUID | None
    key: str
    registration: uuid.UUID
    parents: tuple[str, ...]
    revision: str
    pass_mark: int


@atomic_repeated
def attempt_open(
    *,
    quiz: Quiz,
    context: AttemptContext,
    now: dt.datetime,
    rng: random.Random | None = None,
) -> Attempt:
    """The learner's open attempt at this place, or a new one with questions drawn by `rng`.

    Raises AttemptRefused when the attempts are used up, the pause after a failure lasts, or there
    is nothing to ask.
    """
    before = list(
        Attempt.objects.filter(registration=context.registration, context_key=context.key)
    )
    unfinished = next((one for one in before if one.finished_at is None), None)
    if unfinished is not None:
        return unfinished
    questions = pool_of(quiz).drawn(rng or random.SystemRandom())
    why_not = refusal(quiz, before, now) if questions else _("Ce quiz n’a pas encore de question.")
    if why_not:
        raise AttemptRefused(why_not)
    attempt, _is_new = Attempt.objects.get_or_create(
        registration=context.registration,
        context_key=context.key,
        finished_at=None,
        defaults={
            "actor": context.actor,
            "quiz_uid": quiz.uid,
            "quiz_title": quiz.title,
            "parents": list(context.parents),
            "revision": context.revision,
            "pass_mark": quiz.pass_mark or context.pass_mark,
            "questions": questions,
            "started_at": now,
        },
    )
    return attempt


def question_show(*, attempt: Attempt, position: int, now: dt.datetime) -> None:
    """Note when the question at `position` was first shown; showing it again changes nothing."""
    if attempt.asked_position >= position:
        return
    Attempt.objects.filter(pk=attempt.pk, asked_position__lt=position).update(
        asked_position=position, asked_at=now
    )


def attempts_hand_over(*, registration: uuid.UUID, actor: uuid.UUID) -> None:
    """The visitor of this learning session is known from now on: her open attempts are hers."""
    Attempt.objects.filter(registration=registration, actor=None, finished_at=None).update(
        actor=actor
    )


@atomic_repeated
def attempt_answer(
    *, attempt: Attempt, position: int, choices: Sequence[Any], now: dt.datetime
) -> Answer:
    """Keep the answer to the question at `position` (from 0); the last one finishes the attempt.

    `choices` is a response as the question's kind has it. A question that has its answer keeps it:
    the answer that stands is returned. Raises AnswerInvalid when the response does not fit.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    standing = attempt.answers.filter(position=position).first()
    if standing is not None:
        return standing
    question = attempt.questions[position]
    response = kind_of(question).checked(question, choices)
    answer = Answer(
        attempt=attempt,
        position=position,
        asked_at=attempt.asked_at if attempt.asked_position == position else None,
        answered_at=now,
    )
    answer_graded(answer, question, response)
    answer.save()
    said = [statements.answered(attempt, answer)]
    answers = list(attempt.answers.all())
    if len(answers) == len(attempt.questions):
        attempt_finish(attempt, answers, now)
        attempt.save(update_fields=FINISHED_FIELDS)
        said.append(statements.finished(attempt))
    statements_store(statements=said, source=PLATFORM)
    return answer


def answer_graded(answer: Answer, question: Frozen, response: Response) -> None:
    """Fill in what follows from a checked response; saves nothing."""
    answer.question_uid = uuid.UUID(question["uid"])
    answer.wording = wording(question)
    answer.choices = response
    answer.scaled = kind_of(question).scaled(question, response)
    answer.is_correct = answer.scaled >= 1
    if answer.asked_at is not None:
        answer.seconds = max(0, round((answer.answered_at - answer.asked_at).total_seconds()))


def attempt_finish(attempt: Attempt, answers: Sequence[Answer], now: dt.datetime) -> None:
    """Fill in how an attempt with all these answers ended; saves nothing."""
    attempt.question_count = len(answers)
    attempt.correct_count = sum(answer.is_correct for answer in answers)
    attempt.points = sum(answer.scaled for answer in answers)
    attempt.is_passed = attempt.passes(attempt.points)
    attempt.finished_at = now
