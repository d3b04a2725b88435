"""Reading attempts."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content.models import SiteImage
from content.published import Published
from quizzes.drawing import count_asked
from quizzes.kinds import Asked, Frozen, Posted, Response, ReviewLine, kind_of
from quizzes.models import Answer, Attempt, Quiz
from quizzes.policy import refusal


@dataclass(frozen=True, slots=True)
class QuizState:
    """How far a learner is with a quiz at one place.

    `question_count` is how many are asked; `pass_mark` the quiz's own, None for the module's;
    `refusal` says in French why a new attempt may not begin, empty if it may.
    """

    question_count: int
    open_attempt: Attempt | None
    last_finished: Attempt | None
    is_passed: bool
    pass_mark: int | None = None
    refusal: str = ""
    attempts_left: int | None = None


def quiz_states(
    *,
    places: dict[str, int],
    registration: uuid.UUID | None,
    now: dt.datetime | None = None,
) -> dict[str, QuizState]:
    """The state of the quizzes at `places` (context key → quiz id), in one query."""
    quizzes = _counted.get()
    attempts: list[Attempt] = []
    if registration and places:
        made = Attempt.objects.filter(registration=registration, context_key__in=places)
        told = made.only("context_key", "started_at", "finished_at", "is_passed", "correct_count")
        attempts = sorted(told.order_by(), key=lambda one: (one.started_at, one.pk))
    return {
        key: _state(
            quizzes[quiz_id],
            [one for one in attempts if one.context_key == key],
            now or timezone.now(),
        )
        for key, quiz_id in places.items()
        if quiz_id in quizzes
    }


def _quizzes_counted() -> dict[int, Any]:
    return {quiz.pk: quiz for quiz in Quiz.objects.annotate(item_count=Count("items"))}


_counted = Published(_quizzes_counted)


def _state(quiz: Any, attempts: list[Attempt], now: dt.datetime) -> QuizState:
    finished = [one for one in attempts if one.finished_at]
    unfinished = [one for one in attempts if not one.finished_at]
    allowed: int | None = quiz.attempts_allowed
    return QuizState(
        question_count=count_asked(quiz.item_count, quiz.draw_count),
        open_attempt=unfinished[-1] if unfinished else None,
        last_finished=finished[-1] if finished else None,
        is_passed=any(one.is_passed for one in finished),
        pass_mark=quiz.pass_mark,
        refusal="" if unfinished else refusal(quiz, finished, now),
        attempts_left=None if allowed is None else max(0, allowed - len(finished)),
    )


def attempt_refusal(*, attempt: Attempt, now: dt.datetime) -> str:
    """Why the learner may not begin again after this attempt, in French; two queries."""
    quiz = Quiz.objects.filter(uid=attempt.quiz_uid).first()
    if quiz is None:
        return ""
    finished = Attempt.objects.filter(
        registration=attempt.registration,
        context_key=attempt.context_key,
        finished_at__isnull=False,
    )
    return refusal(quiz, list(finished.defer("questions")), now)


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """A finished attempt in words. `points` is «6» or «5,5»; `missing` says how much more it
    takes, empty if it is passed."""

    points: str
    needed: str
    count: int
    missing: str


def attempt_result(attempt: Attempt) -> AttemptResult:
    points = attempt.points or 0.0
    is_whole = round(points, 2) == round(points)
    needed = attempt.needed_count if is_whole else attempt.needed_points
    return AttemptResult(
        points=_number(points),
        needed=_number(needed),
        count=len(attempt.questions),
        missing="" if attempt.is_passed else _missing(needed - points, is_whole),
    )


def _missing(points: float, is_whole: bool) -> str:
    if is_whole:
        return ngettext(
            "Il manque %(count)s bonne réponse.",
            "Il manque %(count)s bonnes réponses.",
            round(points),
        ) % {"count": round(points)}
    # French counts in the singular below two.
    words = _("Il manque %(count)s points.") if points >= 2 else _("Il manque %(count)s point.")
    return words % {"count": _number(max(points, 0.01))}


def _number(value: float) -> str:
    """«6», «5,5», «0,67»."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def answers_by_position(attempt: Attempt) -> dict[int, Answer]:
    return {answer.position: answer for answer in attempt.answers.all()}


def next_position(attempt: Attempt, answers: dict[int, Answer]) -> int | None:
    """The first question without an answer; None once all have one."""
    return next((at for at in range(len(attempt.questions)) if at not in answers), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """A question's picture; `image` is None once it has been deleted, its text stays."""

    image: SiteImage | None
    alt: str


def question_picture(question: Frozen) -> Picture | None:
    """The picture of a frozen question, in one query; None if it has none."""
    kept = question.get("image")
    if not kept:
        return None
    found = SiteImage.objects.prefetch_related("renditions").filter(pk=kept["id"]).first()
    return Picture(image=found, alt=kept["alt"])


@dataclass(frozen=True, slots=True)
class QuestionReview:
    """A question with its answer, to be shown after it was given."""

    number: int
    text: str
    explanation: str
    is_correct: bool
    is_partly_right: bool
    percent: int
    lines: list[ReviewLine]
    picture: Picture | None = None


def question_review(attempt: Attempt, answer: Answer) -> QuestionReview:
    """Without its picture: a list of reviews costs no queries."""
    question = attempt.questions[answer.position]
    return review_made(question, answer.choices, answer.scaled, answer.position + 1)


def review_made(question: Frozen, response: Response, scaled: float, number: int) -> QuestionReview:
    return QuestionReview(
        number=number,
        text=question["text"],
        explanation=question["explanation"],
        is_correct=scaled >= 1,
        is_partly_right=0 < scaled < 1,
        percent=round(100 * scaled),
        lines=kind_of(question).review(question, response),
    )


_NOTHING: Posted = MultiValueDict()


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A question to be answered: nothing in it tells which answer is right."""

    number: int
    count: int
    text: str
    asked: Asked
    picture: Picture | None = None
    wrong: frozenset[str] = field(default_factory=frozenset)


def question_asked(
    attempt: Attempt,
    position: int,
    *,
    posted: Posted = _NOTHING,
    wrong: frozenset[str] = frozenset(),
) -> QuestionAsked:
    """The question at `position`, with what was `posted` in place and `wrong` fields marked."""
    return asked_made(attempt.questions, position, posted, wrong)


def asked_made(
    questions: list[Frozen],
    position: int,
    posted: Posted = _NOTHING,
    wrong: frozenset[str] = frozenset(),
) -> QuestionAsked:
    question = questions[position]
    return QuestionAsked(
        number=position + 1,
        count=len(questions),
        text=question["text"],
        asked=kind_of(question).asked(question, posted, wrong),
        picture=question_picture(question),
        wrong=wrong,
    )
