"""Taking the quiz of a lesson; `quizzes` does the work and knows no lesson."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from courses import statements
from courses.models import LearningSession, LessonPage
from courses.selectors import lesson_quizzes, quiz_key
from courses.services.progress import lesson_complete, lesson_open
from lrs.identifiers import activity_iri
from lrs.services import atomic_repeated
from quizzes.models import Answer, Attempt
from quizzes.services import AttemptContext, attempt_answer, attempt_open


@atomic_repeated
def quiz_open(
    *, session: LearningSession, lesson: LessonPage, block_id: str, now: dt.datetime
) -> Attempt:
    """The learner's attempt at the quiz in this block.

    Raises KeyError for another block, AttemptRefused when a new attempt may not begin now.
    """
    quiz = lesson_quizzes(lesson)[block_id]
    lesson_open(session=session, lesson=lesson, now=now)
    module = lesson.module
    context = AttemptContext(
        actor=session.person.uid if session.person else None,
        key=quiz_key(lesson, block_id),
        registration=session.uid,
        parents=(
            activity_iri(statements.LESSON, lesson.uid),
            statements.module_iri(session.trainable),
        ),
        revision=session.revision,
        pass_mark=module.pass_mark,
    )
    return attempt_open(quiz=quiz, context=context, now=now)


@atomic_repeated
def quiz_answer(
    *,
    attempt: Attempt,
    session: LearningSession,
    lesson: LessonPage,
    position: int,
    choices: Sequence[Any],
    now: dt.datetime,
) -> Answer:
    """Keep an answer; passing the quiz completes the lesson. Raises AnswerInvalid."""
    answer = attempt_answer(attempt=attempt, position=position, choices=choices, now=now)
    attempt.refresh_from_db()
    if attempt.is_passed:
        lesson_complete(session=session, lesson=lesson, now=now)
    return answer
