"""Who is learning, as the request says it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from courses.learners import Learner
from courses.models import LearningSession, ModulePage
from courses.permissions import may_learn
from organisation.selectors import person_of_user
from organisation.services import person_for_user
from organisation.sessions import is_signed_in, person_of_request
from users.models import User

VISITS = "visits"
"""In the browser's session: uid of a learning session → [training, when it was remembered]."""
KEPT_VISITS = 20
KEPT_FOR = 12 * 60 * 60
"""Seconds; a browser that is never closed forgets a visit after a shift."""


def learner_of(request: HttpRequest) -> Learner:
    """Who it is, without making anybody: an account may not have a person yet."""
    visits = _visits(request)
    user = getattr(request, "user", None)
    return Learner(
        person=person_of_request(request),
        is_known=is_signed_in(request),
        account=user.pk if isinstance(user, User) else None,
        visits=frozenset(map(uuid.UUID, visits)),
        begun=frozenset(trainable for trainable, _at in visits.values()),
    )


def learner_known(request: HttpRequest) -> Learner:
    """Who it is; the person of an account is made on her first step."""
    if isinstance(request.user, User) and person_of_user(user=request.user) is None:
        person_for_user(user=request.user)
    return learner_of(request)


def learner_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who are signed in, by account or by code; the others are asked to."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_signed_in(request) and learner_known(request).person is not None:
            return view(request, *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return asked


def visit_remember(request: HttpRequest, session: LearningSession) -> None:
    """Keep a visitor's session with her browser, until she closes it or signs out."""
    visits = _visits(request)
    if session.person_id is None and str(session.uid) not in visits:
        visits[str(session.uid)] = [session.trainable_id, int(time.time())]
        request.session[VISITS] = dict(list(visits.items())[-KEPT_VISITS:])


def visit_forget(request: HttpRequest, session: LearningSession) -> None:
    visits = _visits(request)
    if visits.pop(str(session.uid), None):
        request.session[VISITS] = visits


def sign_in_needed(
    request: HttpRequest, module: ModulePage, *, by_poster: bool = False
) -> HttpResponseRedirect | None:
    """Where to sign in, if this module records nothing without it."""
    if may_learn(learner_known(request), module, by_poster=by_poster):
        return None
    return redirect_to_login(request.get_full_path())


def _visits(request: HttpRequest) -> dict[str, list[int]]:
    since = time.time() - KEPT_FOR
    kept: dict[str, list[int]] = request.session.get(VISITS, {})
    return {uid: [trainable, at] for uid, (trainable, at) in kept.items() if at > since}
