"""Whose answers are whose. Decided here and nowhere else in this room.

Anybody may read a module; what records progress asks for a sign-in (`login_required`), for it needs
an identity.
"""

from __future__ import annotations

from organisation.models import Person
from quizzes.models import Attempt


def owns_attempt(person: Person, attempt: Attempt) -> bool:
    """Answers are the learner's own: no manager and no administrator ever sees them here."""
    return attempt.actor == person.uid
