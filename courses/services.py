"""Learning a module: begin it, go through its lessons, finish it.

Every step is idempotent and runs in one transaction with the statements that it is. The server
decides what is complete; a request only says what the learner did.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from courses import statements
from courses.models import LearningSession, LessonPage, LessonProgress, ModulePage
from courses.selectors import (
    lesson_quiz_states,
    lesson_quizzes,
    lessons_of,
    quiz_key,
    session_progress,
    session_score,
)
from lrs.identifiers import activity_iri
from lrs.services import PLATFORM, atomic_repeated, statements_store
from organisation.models import Person
from quizzes.models import Answer, Attempt
from quizzes.services import AttemptContext, attempt_answer, attempt_open


@atomic_repeated
def session_open(*, person: Person, module: ModulePage, now: dt.datetime) -> LearningSession:
    """The person's open session of this module, or a new one."""
    session, is_new = LearningSession.objects.get_or_create(
        person=person,
        trainable=module.trainable,
        completed_at=None,
        defaults={"started_at": now, "revision": str(module.live_revision_id or "")},
    )
    if is_new:
        statements_store(statements=[statements.module_initialized(session)], source=PLATFORM)
    return session


@atomic_repeated
def lesson_open(
    *, session: LearningSession, lesson: LessonPage, now: dt.datetime
) -> LessonProgress:
    """The progress of a lesson in this session, begun now if it was not."""
    progress, is_new = LessonProgress.objects.get_or_create(
        session=session, lesson_uid=lesson.uid, defaults={"started_at": now}
    )
    if is_new:
        said = statements.lesson_initialized(session, progress, lesson.title)
        statements_store(statements=[said], source=PLATFORM)
    return progress


@atomic_repeated
def lesson_complete(*, session: LearningSession, lesson: LessonPage, now: dt.datetime) -> bool:
    """Complete a lesson if all its quizzes are passed, and the module with its last lesson.

    Returns whether the lesson is complete.
    """
    session = LearningSession.objects.select_for_update().get(pk=session.pk)
    states = lesson_quiz_states(lesson=lesson, session=session)
    if not all(state.is_passed for state in states.values()):
        return False
    progress = lesson_open(session=session, lesson=lesson, now=now)
    is_new = progress.completed_at is None
    if is_new:
        progress.completed_at = now
        progress.save(update_fields=["completed_at"])
    percent = session_progress(session=session, lessons=lessons_of(lesson.module)).percent
    said: list[dict[str, Any]] = []
    if is_new:
        said.append(statements.lesson_completed(session, progress, lesson.title))
        said.append(statements.module_progressed(session, progress, percent))
    if session.completed_at is None and percent == 100:
        session.completed_at = now
        session.save(update_fields=["completed_at"])
        said.append(statements.module_completed(session, session_score(session)))
    statements_store(statements=said, source=PLATFORM)
    return True


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
        actor=session.person.uid,
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
