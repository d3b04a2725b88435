"""Taking a quiz: one question a screen, why it is so at once after the answer, the result."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses.learners import Learner
from courses.models import LearningSession
from courses.outline import lesson_entry
from courses.permissions import owns_session
from courses.services import quiz_answer
from courses.views.learner import learner_of
from courses.views.learning import lesson_or_404
from organisation.sessions import is_signed_in
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from quizzes.selectors import (
    answers_by_position,
    attempt_refusal,
    attempt_result,
    next_position,
    question_asked,
    question_picture,
    question_review,
)
from quizzes.services import AnswerInvalid, question_show


def own_attempt(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the learner's own attempt; another's does not exist for her.

    Who is not signed in may have been, when the session ended in between: she is asked to.
    """

    @wraps(view)
    def opened(request: HttpRequest, attempt_uid: uuid.UUID, **kwargs: Any) -> HttpResponse:
        attempt = Attempt.objects.prefetch_related("answers").filter(uid=attempt_uid).first()
        if attempt is None or not _is_own(learner_of(request), attempt):
            if is_signed_in(request):
                raise Http404
            return redirect_to_login(request.get_full_path())
        return view(request, attempt, **kwargs)

    return opened


def _is_own(learner: Learner, attempt: Attempt) -> bool:
    session = LearningSession.objects.filter(uid=attempt.registration).first()
    return session is not None and owns_session(learner, session)


def _lesson_uid(attempt: Attempt) -> str:
    return attempt.context_key.partition(":")[0]


def _around(attempt: Attempt) -> dict[str, Any]:
    """The lesson around an attempt, without what it says."""
    lesson = lesson_entry(_lesson_uid(attempt))
    if lesson is None:
        raise Http404
    return {"attempt": attempt, "lesson": lesson, "breadcrumb": lesson.trail}


@require_GET
@own_attempt
def quiz(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """To where the learner is in the quiz."""
    position = next_position(attempt, answers_by_position(attempt))
    if position is None:
        return redirect("courses:quiz_result", attempt_uid=attempt.uid)
    return redirect("courses:quiz_question", attempt_uid=attempt.uid, number=position + 1)


@never_cache
@require_http_methods(["GET", "POST"])
@own_attempt
def quiz_question(request: HttpRequest, attempt: Attempt, number: int) -> HttpResponse:
    """Ask a question, or show its answer once it is given.

    A POST answers it and comes back by redirect, so that reloading answers nothing again.
    """
    answers = answers_by_position(attempt)
    position = number - 1
    next_at = next_position(attempt, answers)
    if position not in answers and position != next_at:
        return redirect("courses:quiz", attempt_uid=attempt.uid)
    error: AnswerInvalid | None = None
    if request.method == "POST":
        try:
            _answer(request, attempt, position)
        except AnswerInvalid as invalid:
            error = invalid
        else:
            return redirect("courses:quiz_question", attempt_uid=attempt.uid, number=number)
    context: dict[str, Any] = {
        **_around(attempt),
        "number": number,
        "count": len(attempt.questions),
        "error": str(error or ""),
        "is_last": next_at is None or position == len(attempt.questions) - 1,
    }
    if position in answers:
        picture = question_picture(attempt.questions[position])
        review = question_review(attempt, answers[position])
        context["review"] = replace(review, picture=picture)
        return render(request, "courses/quiz_review.html", context)
    question_show(attempt=attempt, position=position, now=timezone.now())
    context["question"] = question_asked(
        attempt, position, posted=request.POST, wrong=error.fields if error else frozenset()
    )
    return render(request, "courses/quiz_question.html", context, status=422 if error else 200)


def _answer(request: HttpRequest, attempt: Attempt, position: int) -> None:
    """Read the answer out of the form, and nothing else: whatever more is posted has no effect."""
    question = attempt.questions[position]
    quiz_answer(
        attempt=attempt,
        session=get_object_or_404(LearningSession, uid=attempt.registration),
        lesson=lesson_or_404(_lesson_uid(attempt)),
        position=position,
        choices=kind_of(question).read(question, request.POST),
        now=timezone.now(),
    )


@never_cache
@require_GET
@own_attempt
def quiz_result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """How it went, and what to look at again."""
    if attempt.finished_at is None:
        return redirect("courses:quiz", attempt_uid=attempt.uid)
    answers = answers_by_position(attempt)
    reviews = [question_review(attempt, answers[at]) for at in sorted(answers)]
    return render(
        request,
        "courses/quiz_result.html",
        {
            **_around(attempt),
            "lesson": lesson_or_404(_lesson_uid(attempt)),
            "block_id": attempt.context_key.partition(":")[2],
            "result": attempt_result(attempt),
            "refusal": attempt_refusal(attempt=attempt, now=timezone.now()),
            "wrong": [review for review in reviews if not review.is_correct],
        },
    )
