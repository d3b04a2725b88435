"""What a learner does in a module, as plain form posts that redirect to where she goes on."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from campaign_assets.models.workshop import BY_POSTER
from campaign_assets.workshop.selectors import short_link_find
from courses.learners import Learner
from courses.models import LearningSession, LessonPage, ModulePage
from courses.outline import module_outline
from courses.selectors import (
    lesson_live,
    lesson_remainder,
    session_current,
    session_progress,
)
from courses.services import lesson_complete, lesson_open, quiz_open, session_open
from courses.views.learner import learner_known, sign_in_needed, visit_remember
from quizzes.services import AttemptRefused
from users.limits import Limit, client_key

VISITS_OF_ONE = Limit("visits_of_one", 200, 600)
"""A hospital stands behind one address, and a campaign may bring many at once."""


class TooManyVisits(Exception):
    """More visitors began from this address than a hospital has."""


def lesson_or_404(uid: uuid.UUID | str) -> LessonPage:
    lesson = lesson_live(uid)
    if lesson is None:
        raise Http404
    return lesson


def session_here(
    request: HttpRequest, learner: Learner, module: ModulePage, now: dt.datetime
) -> LearningSession:
    """The session that she is in, or looks back at, or a new one."""
    current = session_current(learner=learner, trainable_id=module.trainable_id)
    if current is not None:
        return current
    return session_begun(request, learner, module, now)


def session_begun(
    request: HttpRequest, learner: Learner, module: ModulePage, now: dt.datetime
) -> LearningSession:
    """Her open session of this module, or a new one. Raises TooManyVisits.

    The code of the poster that brought her is read from the form that begins.
    """
    if learner.person is None:
        current = session_current(learner=learner, trainable_id=module.trainable_id)
        is_open = current is not None and current.completed_at is None
        if not is_open and not VISITS_OF_ONE.use(client_key(request)):
            raise TooManyVisits
    code = request.POST.get(BY_POSTER, "")
    came_by = short_link_find(code=code) if code else None
    session = session_open(learner=learner, module=module, now=now, came_by=came_by)
    visit_remember(request, session)
    return session


# These addresses are posted to. A GET comes from a sign-in on the way, when the session had ended:
# it leads back to the page with the button.


@require_http_methods(["GET", "POST"])
def module_start(request: HttpRequest, trainable_uid: uuid.UUID) -> HttpResponse:
    """Begin the module, or go on where the learner left it."""
    module = get_object_or_404(
        ModulePage.objects.live().select_related("trainable"), trainable__uid=trainable_uid
    )
    refused = sign_in_needed(request, module, by_poster=bool(request.POST.get(BY_POSTER)))
    if refused:
        return refused
    if request.method == "GET":
        return redirect(module.get_url(request))
    if not module_outline(module):
        messages.info(request, _("Ce module n’a pas encore de leçon publiée."))
        return redirect(module.get_url(request))
    learner = learner_known(request)
    now = timezone.now()
    session = session_begun(request, learner, module, now)
    lesson = session_progress(session=session, lessons=module_outline(module)).next_lesson
    if lesson is None:  # what was missing has been withdrawn since
        return redirect(module.get_url(request))
    lesson_open(session=session, lesson=lesson.page, now=now)
    return redirect(lesson.page.url)


@require_http_methods(["GET", "POST"])
def lesson_finish(request: HttpRequest, lesson_uid: uuid.UUID) -> HttpResponse:
    """The learner has read the lesson: complete it and go to the next one."""
    lesson = lesson_or_404(lesson_uid)
    refused = sign_in_needed(request, lesson.module)
    if refused:
        return refused
    if request.method == "GET":
        return redirect(lesson.get_url(request))
    learner = learner_known(request)
    now = timezone.now()
    session = session_here(request, learner, lesson.module, now)
    lesson_open(session=session, lesson=lesson, now=now)
    if not lesson_complete(session=session, lesson=lesson, now=now):
        left = lesson_remainder(lesson=lesson, session=session)
        messages.warning(request, _left_to_do(len(left)))
        return redirect(f"{lesson.get_url(request)}#bloc-{left[0]}")
    session.refresh_from_db()
    return _go_on(request, lesson, session)


def _left_to_do(count: int) -> str:
    return ngettext(
        "Il reste %(count)d étape à faire dans cette leçon.",
        "Il reste %(count)d étapes à faire dans cette leçon.",
        count,
    ) % {"count": count}


def _go_on(request: HttpRequest, lesson: LessonPage, session: LearningSession) -> HttpResponse:
    """To the lesson after this one; after the last, to the module's page."""
    progress = session_progress(session=session, lessons=module_outline(lesson.module))
    following = next(
        (one for one in progress.lessons if one.page.path > lesson.path), progress.next_lesson
    )
    if progress.is_complete or following is None:
        return redirect(lesson.module.get_url(request))
    lesson_open(session=session, lesson=following.page, now=timezone.now())
    return redirect(following.page.url)


@require_http_methods(["GET", "POST"])
def quiz_start(request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Begin the quiz of this block, or go on with it."""
    lesson = lesson_or_404(lesson_uid)
    refused = sign_in_needed(request, lesson.module)
    if refused:
        return refused
    if request.method == "GET":
        return redirect(f"{lesson.get_url(request)}#bloc-{block_id}")
    now = timezone.now()
    session = session_here(request, learner_known(request), lesson.module, now)
    try:
        attempt = quiz_open(session=session, lesson=lesson, block_id=str(block_id), now=now)
    except KeyError as error:
        raise Http404 from error
    except AttemptRefused as why_not:
        messages.warning(request, str(why_not))
        return redirect(f"{lesson.get_url(request)}#bloc-{block_id}")
    return redirect("courses:quiz", attempt_uid=attempt.uid)
