"""Having what one did as a visitor counted in one's own name."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from courses import statements
from courses.models import LearningSession
from courses.selectors import session_score
from lrs.services import PLATFORM, atomic_repeated, statements_store
from organisation.models import Person
from quizzes.services import attempts_hand_over


class SessionNotFree(Exception):
    """The session is somebody else's already, or she has one of the same module open."""


@atomic_repeated
def session_claim(*, session: LearningSession, person: Person, now: dt.datetime) -> LearningSession:
    """Make a visitor's session this person's; harmless when it is hers already.

    A complete one becomes her completion, with the time and the score of what the server saw. One
    that is under way goes on in her name: what was said before stays anonymous, what follows is
    hers. Raises SessionNotFree.
    """
    is_new = _taken(session, person, now)
    session = LearningSession.objects.select_for_update().get(pk=session.pk)
    if session.person_id != person.pk:
        raise SessionNotFree
    if is_new and session.completed_at is None:
        attempts_hand_over(registration=session.uid, actor=person.uid)
    elif is_new:
        said = statements.module_claimed(session, session_score(session))
        statements_store(statements=[said], source=PLATFORM)
    return session


def _taken(session: LearningSession, person: Person, now: dt.datetime) -> bool:
    """Take it if it is nobody's. One command, so that of two claims one finds it free; the
    constraint says that nobody has two open sessions of a module."""
    free = LearningSession.objects.filter(pk=session.pk, person=None)
    try:
        with transaction.atomic():
            return bool(free.update(person=person, claimed_at=now))
    except IntegrityError as error:
        raise SessionNotFree from error
