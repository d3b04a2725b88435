"""Reading how far a learner is in a module, and what visitors did."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

from courses.learners import NOBODY, Learner
from courses.models import LearningSession, ModulePage
from courses.outline import LessonEntry, module_outline
from quizzes.models import Attempt


@dataclass(frozen=True, slots=True)
class LessonState:
    page: LessonEntry
    number: int
    is_begun: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """How far a learner is in a module; without a session nothing is begun."""

    session: LearningSession | None
    lessons: list[LessonState]

    @property
    def done_count(self) -> int:
        return sum(lesson.is_done for lesson in self.lessons)

    @property
    def percent(self) -> int:
        return 100 * self.done_count // len(self.lessons) if self.lessons else 0

    @property
    def next_lesson(self) -> LessonState | None:
        """Where to go on: the first lesson that is not done."""
        return next((lesson for lesson in self.lessons if not lesson.is_done), None)

    @property
    def is_complete(self) -> bool:
        return self.session is not None and self.session.completed_at is not None


def session_current(*, learner: Learner, trainable_id: int) -> LearningSession | None:
    """The open session, else the last one that was completed."""
    return _current(_sessions(learner, trainable_id)) if learner != NOBODY else None


def _sessions(learner: Learner, trainable_id: int) -> QuerySet[LearningSession]:
    """Those of a training: the open one, and one for each time that she completed it."""
    return LearningSession.objects.filter(
        learner.sessions, trainable=trainable_id, set_aside_at=None
    ).order_by()


def _current(sessions: Iterable[LearningSession]) -> LearningSession | None:
    """The one that she is in, or was in last."""
    return max(
        sessions,
        key=lambda one: (one.completed_at is None, one.completed_at or one.started_at),
        default=None,
    )


def visit_claimable(*, learner: Learner, trainable_id: int) -> LearningSession | None:
    """What was done of a training in her browser without sign-in: a complete one before another,
    the last before the first."""
    if trainable_id not in learner.begun:
        return None
    visits = LearningSession.objects.filter(
        person=None, uid__in=learner.visits, trainable=trainable_id
    )
    return visits.order_by(F("completed_at").desc(nulls_last=True), "-started_at").first()


@dataclass(frozen=True, slots=True)
class VisitorCount:
    """How many began a training without sign-in, and how many of them finished it."""

    begun: int = 0
    completed: int = 0


def visitor_counts(*, trainable_ids: Iterable[int]) -> dict[int, VisitorCount]:
    """By training, in one query; those who had it counted in their name are no longer visitors."""
    rows = (
        LearningSession.objects.filter(person=None, trainable__in=list(trainable_ids))
        .values("trainable")
        .annotate(begun=Count("pk"), completed=Count("completed_at"))
        .order_by()
    )
    return {row["trainable"]: VisitorCount(row["begun"], row["completed"]) for row in rows}


def module_progress(*, module: ModulePage, learner: Learner) -> ModuleProgress:
    """How far a learner is in the current session; one query."""
    if learner == NOBODY:
        return _progress(None, {}, module_outline(module))
    rows = list(
        _sessions(learner, module.trainable_id).annotate(
            lesson_uid=F("lesson_progress__lesson_uid"),
            lesson_completed_at=F("lesson_progress__completed_at"),
        )
    )
    session = _current(rows)
    completed_at = {row.lesson_uid: row.lesson_completed_at for row in rows if row == session}
    return _progress(session, completed_at, module_outline(module))


def session_progress(*, session: LearningSession, lessons: Sequence[LessonEntry]) -> ModuleProgress:
    """How far a session is in these lessons; those that are no longer live count for nothing."""
    return _progress(session, _completion_times(session), lessons)


def _progress(
    session: LearningSession | None,
    completed_at: dict[uuid.UUID, dt.datetime | None],
    lessons: Sequence[LessonEntry],
) -> ModuleProgress:
    states = [
        LessonState(
            page=lesson,
            number=number,
            is_begun=lesson.uid in completed_at,
            is_done=completed_at.get(lesson.uid) is not None,
        )
        for number, lesson in enumerate(lessons, start=1)
    ]
    return ModuleProgress(session, states)


def _completion_times(session: LearningSession) -> dict[uuid.UUID, dt.datetime | None]:
    """When each lesson that was begun in a session was completed, by the lesson's uid."""
    rows = session.lesson_progress.order_by().values_list("lesson_uid", "completed_at")
    return dict(rows)


def session_score(session: LearningSession) -> float | None:
    """The mean of the best passed attempt at each quiz, from 0 to 1; None without quiz."""
    best: dict[str, float] = {}
    for attempt in Attempt.objects.filter(registration=session.uid, is_passed=True):
        scaled = attempt.score()["scaled"]
        best[attempt.context_key] = max(scaled, best.get(attempt.context_key, 0.0))
    return sum(best.values()) / len(best) if best else None
