"""Answering an exercise: a form post that comes back to the lesson, where the feedback stands."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.exercises import ExerciseInvalid, Refusal
from courses.models import LessonPage
from courses.selectors import ExerciseState, lesson_exercise_states
from courses.services import exercise_answer
from courses.views.learner import learner_known, sign_in_needed
from courses.views.learning import lesson_or_404, session_here


@require_http_methods(["GET", "POST"])
def exercise(request: HttpRequest, lesson_uid: uuid.UUID, block_id: uuid.UUID) -> HttpResponse:
    """Keep the answer; the lesson shows what was right. A refused one keeps what was entered."""
    lesson = lesson_or_404(lesson_uid)
    if str(block_id) not in lesson_exercise_states(lesson=lesson, session=None):
        raise Http404
    refused = sign_in_needed(request, lesson.module)
    if refused:
        return refused
    if request.method == "GET":
        return redirect(f"{lesson.get_url(request)}#bloc-{block_id}")
    try:
        state = _answer(request, lesson, str(block_id))
    except ExerciseInvalid as invalid:
        return _shown_again(request, lesson, Refusal(str(block_id), str(invalid), request.POST))
    # To what is new: the feedback, or what the decision led to.
    place = "retour" if state.finished or state.so_far else "bloc"
    return redirect(f"{lesson.get_url(request)}#{place}-{block_id}")


def _answer(request: HttpRequest, lesson: LessonPage, block_id: str) -> ExerciseState:
    now = timezone.now()
    number = request.POST.get("number", "")
    return exercise_answer(
        session=session_here(request, learner_known(request), lesson.module, now),
        lesson=lesson,
        block_id=block_id,
        number=int(number) if number.isascii() and number.isdigit() else 0,
        given=request.POST,
        now=now,
    )


def _shown_again(request: HttpRequest, lesson: LessonPage, refusal: Refusal) -> HttpResponse:
    request.refusal = refusal  # type: ignore[attr-defined]
    response = lesson.serve(request)
    response.status_code = 422
    return response
