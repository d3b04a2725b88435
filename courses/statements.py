"""The statements that learning sessions and lesson progress are, each from its stored row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.exercises import EXERCISES
from courses.models import ExerciseResponse, LearningSession, LessonProgress
from lrs.identifiers import account_agent, activity_iri, statement_uuid
from lrs.xapi.vocabulary import activity_types, cmi5, verbs
from training.models import Trainable
from training.projectors import MODULE

LANGUAGE = "fr"
LESSON = "lesson"


def module_iri(trainable: Trainable) -> str:
    return activity_iri(MODULE, trainable.uid)


def module_initialized(session: LearningSession) -> dict[str, Any]:
    """«initialized» about the module: the session began."""
    return _statement(
        session,
        identity=("initialized", session.uid),
        verb=verbs.INITIALIZED,
        activity=_module(session.trainable),
        at=session.started_at,
    )


def module_progressed(
    session: LearningSession, progress: LessonProgress, percent: int
) -> dict[str, Any]:
    """«progressed» about the module, with the percentage of its lessons that are done."""
    assert progress.completed_at is not None
    return _statement(
        session,
        identity=("progressed", progress.uid),
        verb=verbs.PROGRESSED,
        activity=_module(session.trainable),
        at=progress.completed_at,
        result={"extensions": {cmi5.RESULT_PROGRESS: percent}},
    )


def module_completed(session: LearningSession, score: float | None) -> dict[str, Any]:
    """«completed» about the module: the statement that a completion is projected from."""
    assert session.completed_at is not None
    result: dict[str, Any] = {"completion": True, "success": True}
    if score is not None:
        result["score"] = {"scaled": round(score, 4)}
    return _statement(
        session,
        identity=("completed", session.uid),
        verb=verbs.COMPLETED,
        activity=_module(session.trainable),
        at=session.completed_at,
        result=result,
    )


def lesson_initialized(
    session: LearningSession, progress: LessonProgress, title: str
) -> dict[str, Any]:
    return _statement(
        session,
        identity=("initialized", progress.uid),
        verb=verbs.INITIALIZED,
        activity=_lesson(progress, title),
        at=progress.started_at,
        parent=module_iri(session.trainable),
    )


def lesson_completed(
    session: LearningSession, progress: LessonProgress, title: str
) -> dict[str, Any]:
    assert progress.completed_at is not None
    return _statement(
        session,
        identity=("completed", progress.uid),
        verb=verbs.COMPLETED,
        activity=_lesson(progress, title),
        at=progress.completed_at,
        result={"completion": True},
        parent=module_iri(session.trainable),
    )


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
    return _statement(
        session,
        identity=("answered", response.uid),
        verb=verbs.ANSWERED,
        activity=_exercise(response),
        at=response.finished_at,
        result=result,
        parent=activity_iri(LESSON, response.lesson_uid),
        grouping=module_iri(session.trainable),
    )


def _exercise(response: ExerciseResponse) -> dict[str, Any]:
    exercise = EXERCISES[response.kind]
    # A copied lesson keeps the ids of its blocks, so the lesson is part of the name.
    name = f"{response.lesson_uid}/exercises/{response.block_id}"
    activity = _activity(
        activity_iri(LESSON, name), activity_types.INTERACTION, response.content["title"]
    )
    activity["definition"] |= {
        "interactionType": exercise.interaction_type,
        **exercise.interaction(response.content),
    }
    return activity


def _statement(
    session: LearningSession,
    *,
    identity: tuple[str, Any],
    verb: str,
    activity: dict[str, Any],
    at: dt.datetime,
    result: dict[str, Any] | None = None,
    parent: str | None = None,
    grouping: str | None = None,
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "registration": str(session.uid),
        "revision": session.revision,
        "language": LANGUAGE,
    }
    if parent:
        context["contextActivities"] = {"parent": [{"id": parent}]}
    if grouping:
        context["contextActivities"]["grouping"] = [{"id": grouping}]
    statement = {
        "id": str(statement_uuid(*identity)),
        "actor": account_agent(session.actor_name),
        "verb": verbs.verb(verb),
        "object": activity,
        "context": context,
        "timestamp": at.isoformat(),
    }
    if result:
        statement["result"] = result
    return statement


def _module(trainable: Trainable) -> dict[str, Any]:
    return _activity(module_iri(trainable), activity_types.MODULE, trainable.title)


def _lesson(progress: LessonProgress, title: str) -> dict[str, Any]:
    return _activity(activity_iri(LESSON, progress.lesson_uid), activity_types.LESSON, title)


def _activity(iri: str, activity_type: str, name: str) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"type": activity_type, "name": {LANGUAGE: name}},
    }
