"""Attempts: partial points, limits and pauses, the time it took, pictures, what older ones lack."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file

from content.models import SiteImage
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs
from quizzes.enums import QuestionKind, Scoring
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Quiz
from quizzes.policy import when_in_french
from quizzes.selectors import (
    attempt_refusal,
    attempt_result,
    question_asked,
    question_picture,
    question_review,
    quiz_states,
)
from quizzes.services import (
    AttemptContext,
    AttemptRefused,
    attempt_answer,
    attempt_open,
    question_show,
)
from tests.quizzes.factories import (
    make_matching,
    make_ordering,
    make_question,
    make_quiz,
    quiz_of,
)
from tests.quizzes.test_services import NOW, context, right_of, said, wrong_of

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def all_kinds(**fields: Any) -> Quiz:
    return quiz_of(
        make_question(),
        make_question(
            "Lesquels ?", QuestionKind.MULTIPLE, (("A", True), ("B", True), ("C", False))
        ),
        make_question("Vrai ?", QuestionKind.TRUE_FALSE, (("Vrai", False), ("Faux", True))),
        make_matching(distractors=("Accueil",), **fields),
        make_ordering(**fields),
    )


def answer(attempt: Attempt, position: int, response: Any, now: dt.datetime = NOW) -> Answer:
    return attempt_answer(attempt=attempt, position=position, choices=response, now=now)


def played(quiz: Quiz, here: AttemptContext, *, right: bool, now: dt.datetime = NOW) -> Attempt:
    attempt = attempt_open(quiz=quiz, context=here, now=now, rng=random.Random(1))
    for position, question in enumerate(attempt.questions):
        kind = kind_of(question)
        wrong = kind.drawn_wrong(question, random.Random(2))
        answer(attempt, position, kind.right(question) if right else wrong, now)
    attempt.refresh_from_db()
    return attempt


def test_statements_of_every_kind_follow_the_standard() -> None:
    played(all_kinds(), context(), right=True)
    statements = said(verbs.ANSWERED)
    assert [validate_statement(one, "2.0.0") for one in statements] == [[]] * 5
    older = [{name: one[name] for name in one if name != "version"} for one in statements]
    assert [validate_statement(one, "1.0.3") for one in older] == [[]] * 5
    definitions = [one["object"]["definition"] for one in statements]
    types = ["choice", "choice", "true-false", "matching", "sequencing"]
    assert [one["interactionType"] for one in definitions] == types
    for statement, definition in zip(statements, definitions, strict=True):
        assert definition["correctResponsesPattern"] == [statement["result"]["response"]]
        assert statement["result"]["score"] == {"scaled": 1, "raw": 1, "min": 0, "max": 1}
    matching, sequencing = definitions[3:]
    sources = [one["id"] for one in matching["source"]]
    targets = {one["id"] for one in matching["target"]}
    pairs = [pair.split("[.]") for pair in matching["correctResponsesPattern"][0].split("[,]")]
    assert [source for source, _target in pairs] == sources
    assert len(targets) == 3
    assert {target for _source, target in pairs} < targets
    ids = sequencing["correctResponsesPattern"][0].split("[,]")
    assert sorted(ids) == [one["id"] for one in sequencing["choices"]]


def test_two_shuffles_of_a_question_are_one_activity() -> None:
    """Else each learner's answer would change the store's definition of it."""
    quiz = all_kinds()
    quiz.shuffle_choices = True
    quiz.save()
    defined: dict[str, list[Any]] = {}
    orders = set()
    for seed in range(4):
        attempt = attempt_open(quiz=quiz, context=context(), now=NOW, rng=random.Random(seed))
        orders.add(str([one["choices"] for one in attempt.questions]))
        for position in range(len(attempt.questions)):
            answer(attempt, position, right_of(attempt, position))
    for statement in said(verbs.ANSWERED):
        assert statement["result"]["success"] is True
        activity = statement["object"]
        defined.setdefault(activity["id"], []).append(activity["definition"])
        assert activity["definition"]["correctResponsesPattern"] == [
            statement["result"]["response"]
        ]
    assert len(orders) > 1
    assert len(defined) == 5
    assert all(one == others[0] for others in defined.values() for one in others)


def test_partial_points_add_up_to_the_score() -> None:
    quiz = quiz_of(make_ordering(scoring=Scoring.PARTIAL), make_question())
    here = context(pass_mark=75)
    attempt = attempt_open(quiz=quiz, context=here, now=NOW)
    ordering = attempt.questions[0]
    half = kind_of(ordering).drawn_wrong(ordering, random.Random(1))
    given_answer = answer(attempt, 0, half)
    assert (given_answer.scaled, given_answer.is_correct) == (0.5, False)
    answer(attempt, 1, right_of(attempt, 1))
    attempt.refresh_from_db()
    assert (attempt.points, attempt.correct_count, attempt.is_passed) == (1.5, 1, True)
    assert attempt.score() == {"scaled": 0.75, "raw": 1.5, "min": 0, "max": 2}
    (ordered, _single), (passed,) = said(verbs.ANSWERED), said(verbs.PASSED)
    assert ordered["result"]["score"] == {"scaled": 0.5, "raw": 0.5, "min": 0, "max": 1}
    assert ordered["result"]["success"] is False
    assert passed["result"]["score"]["raw"] == 1.5
    assert attempt_result(attempt).points == "1,5"


@pytest.mark.parametrize(
    ("points", "count", "mark", "missing"),
    [
        (5.0, 8, 75, "Il manque 1 bonne réponse."),
        (3.0, 8, 75, "Il manque 3 bonnes réponses."),
        (5.5, 8, 75, "Il manque 0,5 point."),
        (3.75, 8, 75, "Il manque 2,25 points."),
        (1.0, 3, 50, "Il manque 1 bonne réponse."),
        (6.0, 8, 75, ""),
    ],
)
def test_what_is_missing_is_said_in_answers_or_in_points(
    points: float, count: int, mark: int, missing: str
) -> None:
    attempt = Attempt(questions=[{}] * count, pass_mark=mark, points=points)
    attempt.is_passed = attempt.passes(points)
    assert attempt_result(attempt).missing == missing


@given(st.lists(st.sampled_from([0.0, 1 / 3, 0.5, 2 / 3, 1.0]), min_size=1, max_size=20))
def test_passing_is_having_the_share_of_points(scaled: list[float]) -> None:
    attempt = Attempt(questions=[{}] * len(scaled), pass_mark=50)
    thirds = round(6 * sum(scaled))  # exact: every value is a multiple of a sixth
    assert attempt.passes(sum(scaled)) == (2 * thirds >= 6 * len(scaled))


def test_a_quizs_own_pass_mark_goes_before_the_modules() -> None:
    quiz = make_quiz(2)
    assert played(quiz, context(pass_mark=75), right=True).pass_mark == 75
    quiz.pass_mark = 50
    assert played(quiz, context(pass_mark=75), right=True).pass_mark == 50


def test_what_was_drawn_is_what_the_attempt_keeps() -> None:
    quiz = quiz_of(*(make_question(f"Q{n} ?") for n in range(20)), draw_count=8)
    here = context()
    attempt = attempt_open(quiz=quiz, context=here, now=NOW, rng=random.Random(1))
    assert len(attempt.questions) == 8
    again = attempt_open(quiz=quiz, context=here, now=NOW, rng=random.Random(2))
    assert again.questions == attempt.questions
    other = attempt_open(quiz=quiz, context=context(), now=NOW, rng=random.Random(2))
    assert [q["uid"] for q in other.questions] != [q["uid"] for q in attempt.questions]
    assert attempt.needed_count == 6
    state = quiz_states(places={here.key: quiz.pk}, registration=here.registration)[here.key]
    assert state.question_count == 8


def test_attempts_are_limited_in_a_learning_session() -> None:
    quiz = quiz_of(make_question(), attempts_allowed=2)
    here = context()
    for _time in range(2):
        attempt = played(quiz, here, right=False)
    with pytest.raises(AttemptRefused, match="2 tentatives sont faites"):
        attempt_open(quiz=quiz, context=here, now=NOW)
    assert Attempt.objects.count() == 2
    assert "votre cadre" in attempt_refusal(attempt=attempt, now=NOW)
    state = quiz_states(places={here.key: quiz.pk}, registration=here.registration)[here.key]
    assert "2 tentatives" in state.refusal
    assert state.attempts_left == 0
    assert attempt_open(quiz=quiz, context=context(), now=NOW)  # another learner's session


def test_an_open_attempt_is_resumed_whatever_the_limits() -> None:
    quiz = quiz_of(make_question(), attempts_allowed=1, cooldown_minutes=60)
    here = context()
    attempt = attempt_open(quiz=quiz, context=here, now=NOW)
    assert attempt_open(quiz=quiz, context=here, now=NOW) == attempt


def test_after_a_failure_there_is_a_pause_and_after_a_success_none() -> None:
    quiz = quiz_of(make_question(), cooldown_minutes=15)
    here = context()
    played(quiz, here, right=False)
    for minutes, is_open in ((0, False), (14, False), (15, True)):
        now = NOW + minutes * MINUTE
        state = quiz_states(places={here.key: quiz.pk}, registration=here.registration, now=now)
        assert (state[here.key].refusal == "") is is_open
    with pytest.raises(AttemptRefused, match=r"vous pourrez recommencer à 5\sh\s27"):
        attempt_open(quiz=quiz, context=here, now=NOW + MINUTE)
    played(quiz, here, right=True, now=NOW + 20 * MINUTE)
    assert attempt_open(quiz=quiz, context=here, now=NOW + 20 * MINUTE)


@pytest.mark.parametrize(
    ("moment", "said_as"),
    [
        ("2026-05-04T14:05:00+02:00", "à 14 h 05"),
        ("2026-05-04T14:05:01+02:00", "à 14 h 06"),
        ("2026-05-04T23:59:30+02:00", "demain à 0 h 00"),
        ("2026-05-05T08:30:00+02:00", "demain à 8 h 30"),
        ("2026-08-15T08:30:00+02:00", "le 15 août à 8 h 30"),
    ],
)
def test_a_moment_is_said_in_french(moment: str, said_as: str) -> None:
    now = dt.datetime.fromisoformat("2026-05-04T13:00:00+02:00")
    said_now = when_in_french(dt.datetime.fromisoformat(moment), now)
    assert said_now.replace("\u00a0", " ") == said_as


def test_a_quiz_without_questions_is_not_begun() -> None:
    with pytest.raises(AttemptRefused, match="pas encore de question"):
        attempt_open(quiz=quiz_of(), context=context(), now=NOW)
    assert not Attempt.objects.exists()


def test_the_time_runs_from_the_first_showing_by_the_servers_clock() -> None:
    attempt = attempt_open(quiz=make_quiz(2), context=context(), now=NOW)
    question_show(attempt=attempt, position=0, now=NOW + MINUTE)
    attempt.refresh_from_db()
    question_show(attempt=attempt, position=0, now=NOW + 2 * MINUTE)
    first = answer(attempt, 0, right_of(attempt, 0), NOW + 2 * MINUTE + dt.timedelta(seconds=3.5))
    assert first.asked_at == NOW + MINUTE
    assert first.seconds in (63, 64)
    # Somebody who answers without having been shown the question has no time.
    second = answer(attempt, 1, right_of(attempt, 1), NOW + 3 * MINUTE)
    assert (second.asked_at, second.seconds) == (None, None)
    durations = [one["result"].get("duration") for one in said(verbs.ANSWERED)]
    assert durations == ["PT63.50S", None]


def test_two_tabs_note_the_first_showing() -> None:
    attempt = attempt_open(quiz=make_quiz(2), context=context(), now=NOW)
    one, other = Attempt.objects.get(), Attempt.objects.get()
    question_show(attempt=one, position=0, now=NOW)
    question_show(attempt=other, position=0, now=NOW + MINUTE)
    attempt.refresh_from_db()
    assert (attempt.asked_position, attempt.asked_at) == (0, NOW)


def test_a_deleted_picture_leaves_its_text() -> None:
    image = SiteImage.objects.create(
        title="Badge", description="Un badge posé sur un clavier", file=get_test_image_file()
    )
    quiz = quiz_of(make_question(image=image))
    attempt = attempt_open(quiz=quiz, context=context(), now=NOW)
    shown = question_picture(attempt.questions[0])
    assert shown is not None
    assert (shown.image, shown.alt) == (image, "Un badge posé sur un clavier")
    image.delete()
    shown = question_picture(attempt.questions[0])
    assert shown is not None
    assert (shown.image, shown.alt) == (None, "Un badge posé sur un clavier")
    assert question_picture(quiz_of(make_question("Sans ?")).items.get().question.__dict__) is None


def test_attempts_from_before_are_read_and_answered_on() -> None:
    attempt = attempt_open(quiz=make_quiz(2), context=context(), now=NOW)
    kept = {"uid", "kind", "text", "explanation", "choices"}
    attempt.questions = [
        {name: value for name, value in question.items() if name in kept}
        for question in attempt.questions
    ]
    attempt.save()
    assert question_asked(attempt, 0).picture is None
    first = answer(attempt, 0, right_of(attempt, 0))
    answer(attempt, 1, wrong_of(attempt, 1))
    attempt.refresh_from_db()
    assert (attempt.points, attempt.is_passed) == (1, False)
    assert question_review(attempt, first).is_correct
    assert [validate_statement(one, "2.0.0") for one in said(verbs.ANSWERED)] == [[], []]


def test_the_states_of_many_quizzes_cost_two_queries(
    django_assert_num_queries: Any,
) -> None:
    here = context()
    places = {f"place:{n}": make_quiz(2, title=f"Quiz {n}").pk for n in range(6)}
    played(Quiz.objects.get(pk=places["place:0"]), context(key="place:0"), right=True)
    with django_assert_num_queries(2):
        assert len(quiz_states(places=places, registration=here.registration)) == 6
