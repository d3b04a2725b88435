"""Taking a quiz: open an attempt, answer its questions one by one, and it finishes by itself.

Every step is idempotent: a double click, the back button or a second tab gives the same attempt and
the same answer, and counts nothing twice.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lrs.services import PLATFORM, atomic_repeated, statements_store
from quizzes import statements
from quizzes.enums import QuestionKind
from quizzes.models import Answer, Attempt, Question, Quiz


class AnswerInvalid(Exception):
    """The answer does not fit its question; the message is for the learner, in French."""


@dataclass(frozen=True, slots=True)
class AttemptContext:
    """Who takes the quiz and where; opaque to this room.

    `actor` is the learner's public uid, None for a visitor without sign-in. `key` is the place,
    `registration` the learning session, `parents` the ids of the activities around the quiz from
    the nearest out, `revision` that of the content, `pass_mark` the share of right answers that
    passes, in percent.
    """

    actor: uuid.UUID | None
    key: str
    registration: uuid.UUID
    parents: tuple[str, ...]
    revision: str
    pass_mark: int


@atomic_repeated
def attempt_open(*, quiz: Quiz, context: AttemptContext, now: dt.datetime) -> Attempt:
    """The learner's open attempt at this place, or a new one with the questions as they are now."""
    place = {
        "registration": context.registration,
        "context_key": context.key,
        "finished_at": None,
    }
    attempt, _is_new = Attempt.objects.get_or_create(
        **place,
        defaults={
            "actor": context.actor,
            "quiz_uid": quiz.uid,
            "quiz_title": quiz.title,
            "parents": list(context.parents),
            "revision": context.revision,
            "pass_mark": context.pass_mark,
            "questions": questions_asked(quiz),
            "started_at": now,
        },
    )
    return attempt


def questions_asked(quiz: Quiz) -> list[dict[str, Any]]:
    """The quiz's questions in order, frozen as an attempt keeps them."""
    items = quiz.items.select_related("question").prefetch_related("question__choices")
    return [question_frozen(item.question) for item in items.order_by("sort_order")]


def question_frozen(question: Question) -> dict[str, Any]:
    return {
        "uid": str(question.uid),
        "kind": question.kind,
        "text": question.text,
        "explanation": question.explanation,
        "choices": [
            {
                "uid": str(choice.uid),
                "text": choice.text,
                "is_correct": choice.is_correct,
                "feedback": choice.feedback,
            }
            for choice in question.choices.all()
        ],
    }


@atomic_repeated
def attempt_answer(
    *, attempt: Attempt, position: int, choices: Iterable[str], now: dt.datetime
) -> Answer:
    """Keep the answer to the question at `position` (from 0); the last one finishes the attempt.

    A question that has its answer keeps it: the answer that stands is returned. Raises
    AnswerInvalid when the choices do not fit the question.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    standing = attempt.answers.filter(position=position).first()
    if standing is not None:
        return standing
    chosen = _checked_choices(attempt.questions[position], set(choices))
    answer = Answer.objects.create(
        attempt=attempt,
        position=position,
        choices=chosen,
        is_correct=is_right(attempt.questions[position], chosen),
        answered_at=now,
    )
    said = [statements.answered(attempt, answer)]
    if attempt.answers.count() == len(attempt.questions):
        _finish(attempt, now)
        said.append(statements.finished(attempt))
    statements_store(statements=said, source=PLATFORM)
    return answer


def _checked_choices(question: dict[str, Any], chosen: set[str]) -> list[str]:
    """The chosen uids in the question's order."""
    known = [choice["uid"] for choice in question["choices"]]
    if not chosen:
        raise AnswerInvalid(_("Choisissez une réponse avant de valider."))
    if not chosen <= set(known):
        raise AnswerInvalid(_("Cette réponse ne fait pas partie de la question."))
    if question["kind"] != QuestionKind.MULTIPLE and len(chosen) > 1:
        raise AnswerInvalid(_("Une seule réponse est possible à cette question."))
    return [uid for uid in known if uid in chosen]


def is_right(question: dict[str, Any], chosen: Iterable[str]) -> bool:
    """Whether exactly the right choices were chosen."""
    right = {choice["uid"] for choice in question["choices"] if choice["is_correct"]}
    return set(chosen) == right


def _finish(attempt: Attempt, now: dt.datetime) -> None:
    attempt.correct_count = attempt.answers.filter(is_correct=True).count()
    attempt.is_passed = attempt.correct_count >= attempt.needed_count
    attempt.finished_at = now
    attempt.save(update_fields=["correct_count", "is_passed", "finished_at"])
