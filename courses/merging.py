"""Two rows of people become one: the sessions that she took, led and attended."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from courses.models import OPEN, Attendance, LearningSession, TeamSession
from organisation.signals import PeopleMerge


def learning_goes_over(change: PeopleMerge, **kwargs: Any) -> None:
    """Everything stays as it was said; only whose it is changes."""
    _open_twice_set_aside(change)
    _present_twice_drop(change)
    LearningSession.objects.filter(person=change.gone).update(person=change.kept)
    Attendance.objects.filter(person=change.gone).update(person=change.kept)
    TeamSession.objects.filter(leader=change.gone).update(leader=change.kept)


def _open_twice_set_aside(change: PeopleMerge) -> None:
    """She is in the middle of a module twice: she goes on where more lessons are done."""
    both = LearningSession.objects.filter(person__in=[change.kept, change.gone], **OPEN)
    done = Count("lesson_progress", filter=Q(lesson_progress__completed_at__isnull=False))
    further: dict[int, LearningSession] = {}
    aside = []
    rows = both.annotate(done=done)
    for session in sorted(rows, key=lambda one: (-one.done, one.person_id != change.kept.pk)):
        if further.setdefault(session.trainable_id, session) is not session:
            aside.append(session.pk)
    LearningSession.objects.filter(pk__in=aside).update(set_aside_at=change.now)


def _present_twice_drop(change: PeopleMerge) -> None:
    """On one list twice: once remains, where the declaration stands that was made of it."""
    rows = Attendance.objects.filter(person__in=[change.kept, change.gone])
    once: dict[int, Attendance] = {}
    twice = []
    for one in sorted(
        rows.select_related("declaration"),
        key=lambda row: (not _stands(row), row.person_id != change.kept.pk),
    ):
        if once.setdefault(one.session_id, one) is not one:
            twice.append(one.pk)
    Attendance.objects.filter(pk__in=twice).delete()


def _stands(row: Attendance) -> bool:
    return row.declaration is not None and row.declaration.withdrawn_at is None
