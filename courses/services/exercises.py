"""Answering an exercise in a lesson."""

from __future__ import annotations

import datetime as dt

from django.http import QueryDict

from courses import statements
from courses.exercises import ExerciseInvalid
from courses.models import ExerciseResponse, LearningSession, LessonPage
from courses.selectors import ExerciseState, lesson_exercise_states
from courses.services.progress import lesson_open
from lrs.services import PLATFORM, atomic_repeated, statements_store

__all__ = ["ExerciseInvalid", "exercise_answer"]


@atomic_repeated
def exercise_answer(
    *,
    session: LearningSession,
    lesson: LessonPage,
    block_id: str,
    number: int,
    given: QueryDict,
    now: dt.datetime,
) -> ExerciseState:
    """Keep the answer that is go `number` at this exercise; how it stands afterwards.

    A go that has its answer keeps it, so a double click or an old tab changes nothing. Raises
    KeyError for another block, ExerciseInvalid when the answer does not fit.
    """
    session = LearningSession.objects.select_for_update().get(pk=session.pk)
    state = lesson_exercise_states(lesson=lesson, session=session)[block_id]
    if number != state.number:
        return state
    lesson_open(session=session, lesson=lesson, now=now)
    outcome = state.exercise.answered(state.content, given, state.so_far)
    response, _is_new = ExerciseResponse.objects.update_or_create(
        session=session,
        lesson_uid=lesson.uid,
        block_id=block_id,
        number=number,
        defaults={
            "response": outcome.response,
            "scaled": outcome.scaled,
            "finished_at": now if outcome.is_finished else None,
        },
        create_defaults={
            "kind": state.exercise.kind,
            "content": state.content,
            "started_at": now,
            "response": outcome.response,
            "scaled": outcome.scaled,
            "finished_at": now if outcome.is_finished else None,
        },
    )
    if outcome.is_finished:
        statements_store(statements=[statements.exercise_answered(response)], source=PLATFORM)
    return lesson_exercise_states(lesson=lesson, session=session)[block_id]
