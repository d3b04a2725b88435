"""What a learner does in a module, as plain form posts that redirect to where she goes on."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.models import LearningSession, LessonPage, ModulePage
from courses.selectors import lesson_live, lessons_of, module_progress, session_current
from courses.services import lesson_complete, lesson_open, quiz_open, session_open
from courses.views.learner import learner_known
from organisation.models import Person
from quizzes.services import AttemptRefused


def lesson_or_404(uid: uuid.UUID | str) -> LessonPage:
    lesson = lesson_live(uid)
    if lesson is None:
        raise Http404
    return lesson


def _session(person: Person, module: ModulePage, now: dt.datetime) -> LearningSession:
    """The session that she is in, or looks back at, or a new one."""
    current = session_current(person=person, trainable_id=module.trainable_id)
    return current or session_open(person=person, module=module, now=now)


# These addresses are posted to. A GET comes from a sign-in on the way, when the session had ended:
# it leads back to the page with the button.


@login_required
@require_http_methods(["GET", "POST"])
def module_start(request: HttpRequest, trainable_uid: uuid.UUID) -> HttpResponse:
    """Begin the module, or go on where the learner left it."""
    module = get_object_or_404(
        ModulePage.objects.live().select_related("trainable"), trainable__uid=trainable_uid
    )
    if request.method == "GET":
        return redirect(module.get_url(request))
    if not lessons_of(module):
        messages.info(request, _("Ce module n’a pas encore de leçon publiée."))
        return redirect(module.get_url(request))
    person = learner_known(request)
    now = timezone.now()
    session = session_open(person=person, module=module, now=now)
    lesson = module_progress(module=module, person=person).next_lesson
    if lesson is None:  # what was missing has been withdrawn since
        return redirect(module.get_url(request))
    lesson_open(session=session, lesson=lesson.page, now=now)
    return redirect(lesson.page.get_url(request))


@login_required
@require_http_methods(["GET", "POST"])
def lesson_finish(request: HttpRequest, lesson_uid: uuid.UUID) -> HttpResponse:
    """The learner has read the lesson: complete it and go to the next one."""
    lesson = lesson_or_404(lesson_uid)
    if request.method == "GET":
        return redirect(lesson.get_url(request))
    person = learner_known(request)
    now = timezone.now()
    session = _session(person, lesson.module, now)
    lesson_open(session=session, lesson=lesson, now=now)
    if not lesson_complete(session=session, lesson=lesson, now=now):
        messages.warning(request, _("Le quiz de cette leçon reste à réussir."))
        return redirect(lesson.get_url(request) + "#quiz")
    return _go_on(request, lesson, person)


def _go_on(request: HttpRequest, lesson: LessonPage, person: Person) -> HttpResponse:
    """To the lesson after this one; after the last, to the module's page."""
    progress = module_progress(module=lesson.module, person=person)
    following = next(
        (one for one in progress.lessons if one.page.path > lesson.path), progress.next_lesson
    )
    if progress.is_complete or following is None:
        return redirect(lesson.module.get_url(request))
    assert progress.session is not None
    lesson_open(session=progress.session, lesson=following.page, now=timezone.now())
    return redirect(following.page.get_url(request))


@login_required
@require_http_methods(["GET", "POST"])
def quiz_start(request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Begin the quiz of this block, or go on with it."""
    lesson = lesson_or_404(lesson_uid)
    if request.method == "GET":
        return redirect(lesson.get_url(request) + "#quiz")
    now = timezone.now()
    session = _session(learner_known(request), lesson.module, now)
    try:
        attempt = quiz_open(session=session, lesson=lesson, block_id=str(block_id), now=now)
    except KeyError as error:
        raise Http404 from error
    except AttemptRefused as refused:
        messages.warning(request, str(refused))
        return redirect(lesson.get_url(request) + "#quiz")
    return redirect("courses:quiz", attempt_uid=attempt.uid)
