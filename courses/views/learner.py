"""Who is learning, as the request says it."""

from __future__ import annotations

import uuid

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseRedirect

from courses.learners import Learner
from courses.models import LearningSession, ModulePage
from courses.permissions import may_learn
from organisation.selectors import person_of_user
from organisation.services import person_for_user
from users.models import User

VISITS = "visits"  # in the browser's session: uids of learning sessions, newest last
KEPT_VISITS = 20


def learner_of(request: HttpRequest) -> Learner:
    """Who it is, without making anybody: an account may not have a person yet."""
    if isinstance(request.user, User):
        return Learner(person=person_of_user(user=request.user))
    return Learner(visits=_visits(request))


def learner_known(request: HttpRequest) -> Learner:
    """Who it is; the person of an account is made on her first step."""
    if isinstance(request.user, User):
        return Learner(person=person_for_user(user=request.user))
    return learner_of(request)


def visit_remember(request: HttpRequest, session: LearningSession) -> None:
    """Keep a visitor's session with her browser, until she closes it or signs out."""
    if session.person_id is None and session.uid not in _visits(request):
        kept = [*request.session.get(VISITS, []), str(session.uid)]
        request.session[VISITS] = kept[-KEPT_VISITS:]


def sign_in_needed(request: HttpRequest, module: ModulePage) -> HttpResponseRedirect | None:
    """Where to sign in, if this module records nothing without it."""
    if may_learn(learner_known(request), module):
        return None
    return redirect_to_login(request.get_full_path())


def _visits(request: HttpRequest) -> frozenset[uuid.UUID]:
    return frozenset(uuid.UUID(uid) for uid in request.session.get(VISITS, []))
