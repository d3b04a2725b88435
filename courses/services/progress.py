"""Begin a module, go through its lessons, finish it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from campaign_assets.models import ShortLink
from courses import statements
from courses.learners import Learner
from courses.models import OPEN, LearningSession, LessonPage, LessonProgress, ModulePage
from courses.outline import LessonEntry, module_outline
from courses.selectors import lesson_remainder, session_progress, session_score
from lrs.services import PLATFORM, atomic_repeated, statements_store


@atomic_repeated
def session_open(
    *, learner: Learner, module: ModulePage, now: dt.datetime, came_by: ShortLink | None = None
) -> LearningSession:
    """The learner's open session of this module, or a new one, by the poster that brought her.

    Whoever opens one for a visitor has to remember its uid for her.
    """
    standing = LearningSession.objects.filter(
        learner.sessions, trainable=module.trainable, **OPEN
    ).first()
    if standing is not None:
        return standing
    new = {
        "started_at": now,
        "revision": str(module.live_revision_id or ""),
        "came_by": came_by,
    }
    if learner.person is None:
        session, is_new = LearningSession.objects.create(trainable=module.trainable, **new), True
    else:  # a double click on the way meets the constraint, and gets the first one's
        session, is_new = LearningSession.objects.get_or_create(
            person=learner.person, trainable=module.trainable, **OPEN, defaults=new
        )
    if is_new:
        statements_store(statements=[statements.module_initialized(session)], source=PLATFORM)
    return session


@atomic_repeated
def lesson_open(
    *, session: LearningSession, lesson: LessonPage | LessonEntry, now: dt.datetime
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
    """Complete a lesson if nothing in it is left to do, and the module with its last lesson.

    Returns whether the lesson is complete.
    """
    session = LearningSession.objects.select_for_update().get(pk=session.pk)
    if lesson_remainder(lesson=lesson, session=session):
        return False
    progress = lesson_open(session=session, lesson=lesson, now=now)
    is_new = progress.completed_at is None
    if is_new:
        progress.completed_at = now
        progress.save(update_fields=["completed_at"])
    percent = session_progress(session=session, lessons=module_outline(lesson.module)).percent
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
