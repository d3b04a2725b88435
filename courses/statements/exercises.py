"""The statement that an answered exercise is."""

from __future__ import annotations

from typing import Any

from courses.exercises import EXERCISES
from courses.models import ExerciseResponse
from courses.statements.base import LESSON, module_iri, statement_of
from lrs.identifiers import activity_iri
from lrs.issuing import activity, named
from lrs.xapi.vocabulary import activity_types, verbs


def exercise_answered(response: ExerciseResponse) -> dict[str, Any]:
    """«answered» about an exercise, with the response as its interaction type writes it."""
    assert response.finished_at is not None
    session = response.session
    result: dict[str, Any] = {
        "completion": True,
        "response": EXERCISES[response.kind].pattern(response.content, response.response),
    }
    if response.scaled is not None:
        result["success"] = response.scaled == 1
        result["score"] = {"scaled": response.scaled}
    return statement_of(
        session,
        identity=("answered", response.uid),
        verb=verbs.ANSWERED,
        target=_exercise(response),
        at=response.finished_at,
        result=result,
        within=[activity_iri(LESSON, response.lesson_uid), module_iri(session.trainable)],
    )


def _exercise(response: ExerciseResponse) -> dict[str, Any]:
    exercise = EXERCISES[response.kind]
    # A copied lesson keeps the ids of its blocks, so the lesson is part of the name.
    iri = activity_iri(LESSON, f"{response.lesson_uid}/exercises/{response.block_id}")
    return activity(
        iri,
        activity_types.INTERACTION,
        name=named(response.content["title"]),
        interactionType=exercise.interaction_type,
        **exercise.interaction(response.content),
    )
