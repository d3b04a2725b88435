"""Taking a quiz: one question a screen, why it is so at once after the answer, the result."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses.models import LearningSession, LessonPage
from courses.permissions import owns_attempt
from courses.services import quiz_answer
from courses.views.learner import learner_of
from courses.views.learning import lesson_or_404
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


def _own_attempt(request: HttpRequest, attempt_uid: uuid.UUID) -> Attempt:
    """The learner's own attempt; another's does not exist for her."""
    person = learner_of(request)
    attempt = get_object_or_404(Attempt.objects.prefetch_related("answers"), uid=attempt_uid)
    if person is None or not owns_attempt(person, attempt):
        raise Http404
    return attempt


def _lesson_of(attempt: Attempt) -> LessonPage:
    return lesson_or_404(attempt.context_key.partition(":")[0])


@login_required
@require_GET
def quiz(request: HttpRequest, attempt_uid: uuid.UUID) -> HttpResponse:
    """To where the learner is in the quiz."""
    attempt = _own_attempt(request, attempt_uid)
    position = next_position(attempt, answers_by_position(attempt))
    if position is None:
        return redirect("courses:quiz_result", attempt_uid=attempt.uid)
    return redirect("courses:quiz_question", attempt_uid=attempt.uid, number=position + 1)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def quiz_question(request: HttpRequest, attempt_uid: uuid.UUID, number: int) -> HttpResponse:
    """Ask a question, or show its answer once it is given.

    A POST answers it and comes back by redirect, so that reloading answers nothing again.
    """
    attempt = _own_attempt(request, attempt_uid)
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
        "attempt": attempt,
        "lesson": _lesson_of(attempt),
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
        lesson=_lesson_of(attempt),
        position=position,
        choices=kind_of(question).read(question, request.POST),
        now=timezone.now(),
    )


@login_required
@never_cache
@require_GET
def quiz_result(request: HttpRequest, attempt_uid: uuid.UUID) -> HttpResponse:
    """How it went, and what to look at again."""
    attempt = _own_attempt(request, attempt_uid)
    if attempt.finished_at is None:
        return redirect("courses:quiz", attempt_uid=attempt.uid)
    answers = answers_by_position(attempt)
    reviews = [question_review(attempt, answers[at]) for at in sorted(answers)]
    return render(
        request,
        "courses/quiz_result.html",
        {
            "attempt": attempt,
            "lesson": _lesson_of(attempt),
            "block_id": attempt.context_key.partition(":")[2],
            "result": attempt_result(attempt),
            "refusal": attempt_refusal(attempt=attempt, now=timezone.now()),
            "wrong": [review for review in reviews if not review.is_correct],
        },
    )
