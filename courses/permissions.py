"""Whose answers are whose. Decided here and nowhere else in this room.

Anybody may read a module. What records progress needs to know whose it is: a person's, or a
visitor's where the module is open.
"""

from __future__ import annotations

from courses.learners import Learner
from courses.models import LearningSession, ModulePage


def may_learn(learner: Learner, module: ModulePage) -> bool:
    """A visitor may take only what is open; her browser keeps what is hers meanwhile."""
    return learner.person is not None or module.is_open


def owns_session(learner: Learner, session: LearningSession) -> bool:
    """Answers are the learner's own: no manager and no administrator ever sees them here."""
    if session.person_id is not None:
        return learner.person is not None and session.person_id == learner.person.pk
    return session.uid in learner.visits
