"""Whose answers are whose. Decided here and nowhere else in this room.

Anybody may read a module. What records progress needs to know whose it is: a person's, or a
visitor's where the module is open to her.
"""

from __future__ import annotations

from courses.learners import Learner
from courses.models import LearningSession, ModulePage


def may_learn(learner: Learner, module: ModulePage, *, by_poster: bool = False) -> bool:
    """A visitor may take what is open, and what she began by a poster's code.

    The address of a poster is no secret, so it opens the module to whoever comes by it: what is
    kept back from visitors is a record in their name, never the training.
    """
    return (
        learner.person is not None
        or module.is_open
        or module.trainable_id in learner.begun
        or by_poster
    )


def owns_session(learner: Learner, session: LearningSession) -> bool:
    """Answers are the learner's own: no manager and no administrator ever sees them here."""
    if session.person_id is not None:
        return learner.person is not None and session.person_id == learner.person.pk
    return session.uid in learner.visits


def may_claim(learner: Learner, session: LearningSession) -> bool:
    """A visit may be counted for whoever is signed in where it was made, and for nobody twice."""
    return (
        learner.person is not None
        and session.uid in learner.visits
        and session.person_id in (None, learner.person.pk)
    )
