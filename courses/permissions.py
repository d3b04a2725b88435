"""Who may learn, and whose progress is whose. Decided here and nowhere else in this room."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from courses.models import LearningSession
from organisation.models import Person
from quizzes.models import Attempt
from users.models import User


def can_record_progress(user: User | AnonymousUser) -> bool:
    """Anybody may read; progress is kept for those who are signed in, for it needs an identity."""
    return user.is_authenticated


def owns_attempt(person: Person, attempt: Attempt) -> bool:
    """Answers are the learner's own: no manager and no administrator ever sees them here."""
    return attempt.actor == person.uid


def owns_session(person: Person, session: LearningSession) -> bool:
    return session.person_id == person.pk
