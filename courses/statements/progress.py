"""The statements that learning sessions and lesson progress are, each from its stored row."""

from __future__ import annotations

from typing import Any

from courses.models import LearningSession, LessonProgress
from courses.statements.base import LESSON, module_iri, statement_of
from lrs.identifiers import activity_iri
from lrs.issuing import activity, named
from lrs.xapi.vocabulary import activity_types, cmi5, verbs
from training.statements import module_activity


def module_initialized(session: LearningSession) -> dict[str, Any]:
    """«initialized» about the module: the session began."""
    return statement_of(
        session,
        identity=("initialized", session.uid),
        verb=verbs.INITIALIZED,
        target=module_activity(session.trainable),
        at=session.started_at,
    )


def module_progressed(
    session: LearningSession, progress: LessonProgress, percent: int
) -> dict[str, Any]:
    """«progressed» about the module, with the percentage of its lessons that are done."""
    assert progress.completed_at is not None
    return statement_of(
        session,
        identity=("progressed", progress.uid),
        verb=verbs.PROGRESSED,
        target=module_activity(session.trainable),
        at=progress.completed_at,
        result={"extensions": {cmi5.RESULT_PROGRESS: percent}},
    )


def module_completed(session: LearningSession, score: float | None) -> dict[str, Any]:
    """«completed» about the module: the statement that a completion is projected from."""
    return _module_completed(session, score, "completed")


def module_claimed(session: LearningSession, score: float | None) -> dict[str, Any]:
    """The same of a visitor's session, once it is a person's: another statement, for the first
    one's actor is nobody, and what is stored stays as it is."""
    return _module_completed(session, score, "claimed")


def _module_completed(
    session: LearningSession, score: float | None, happened: str
) -> dict[str, Any]:
    assert session.completed_at is not None
    result: dict[str, Any] = {"completion": True, "success": True}
    if score is not None:
        result["score"] = {"scaled": round(score, 4)}
    return statement_of(
        session,
        identity=(happened, session.uid),
        verb=verbs.COMPLETED,
        target=module_activity(session.trainable),
        at=session.completed_at,
        result=result,
    )


def lesson_initialized(
    session: LearningSession, progress: LessonProgress, title: str
) -> dict[str, Any]:
    return statement_of(
        session,
        identity=("initialized", progress.uid),
        verb=verbs.INITIALIZED,
        target=_lesson(progress, title),
        at=progress.started_at,
        within=[module_iri(session.trainable)],
    )


def lesson_completed(
    session: LearningSession, progress: LessonProgress, title: str
) -> dict[str, Any]:
    assert progress.completed_at is not None
    return statement_of(
        session,
        identity=("completed", progress.uid),
        verb=verbs.COMPLETED,
        target=_lesson(progress, title),
        at=progress.completed_at,
        result={"completion": True},
        within=[module_iri(session.trainable)],
    )


def _lesson(progress: LessonProgress, title: str) -> dict[str, Any]:
    iri = activity_iri(LESSON, progress.lesson_uid)
    return activity(iri, activity_types.LESSON, name=named(title))
