"""Taking a quiz: graded on the server, kept as it was asked, counted once."""

import datetime as dt
import random
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.selectors import statements_for_projection
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs
from quizzes.enums import QuestionKind
from quizzes.forms import choices_problem
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Quiz
from quizzes.services import AnswerInvalid, AttemptContext, attempt_answer, attempt_open
from tests.quizzes.factories import make_quiz

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 5, 4, 3, 12, tzinfo=dt.UTC)


def context(**over: Any) -> AttemptContext:
    fields = {
        "actor": uuid.uuid4(),
        "key": "lesson:block",
        "registration": uuid.uuid4(),
        "parents": ("https://example.org/lesson", "https://example.org/module"),
        "revision": "7",
        "pass_mark": 75,
    }
    return AttemptContext(**(fields | over))


def right_of(attempt: Attempt, position: int) -> list[Any]:
    question = attempt.questions[position]
    return kind_of(question).right(question)


def wrong_of(attempt: Attempt, position: int) -> list[Any]:
    question = attempt.questions[position]
    return kind_of(question).drawn_wrong(question, random.Random(position))


def said(*wanted: str) -> list[dict[str, Any]]:
    batches = statements_for_projection(verbs=frozenset(wanted))
    return [statement.payload for batch in batches for statement in batch]


def play(quiz: Quiz, right: int, **over: Any) -> Attempt:
    attempt = attempt_open(quiz=quiz, context=context(**over), now=NOW)
    for position in range(len(attempt.questions)):
        choices = (right_of if position < right else wrong_of)(attempt, position)
        attempt_answer(attempt=attempt, position=position, choices=choices, now=NOW)
    attempt.refresh_from_db()
    return attempt


@pytest.mark.parametrize(
    ("count", "mark", "right", "passes"),
    [(8, 75, 6, True), (8, 75, 5, False), (3, 50, 2, True), (3, 50, 1, False), (1, 100, 1, True)],
)
def test_the_pass_mark_is_rounded_up(count: int, mark: int, right: int, passes: bool) -> None:
    attempt = play(make_quiz(count), right, pass_mark=mark)
    assert (attempt.correct_count, attempt.is_passed) == (right, passes)
    assert attempt.finished_at == NOW


def test_opening_twice_gives_the_same_attempt() -> None:
    quiz, here = make_quiz(), context()
    first = attempt_open(quiz=quiz, context=here, now=NOW)
    assert attempt_open(quiz=quiz, context=here, now=NOW) == first
    assert attempt_open(quiz=quiz, context=context(), now=NOW) != first


def test_a_visitor_without_sign_in_takes_a_quiz_as_the_anonymous_agent() -> None:
    attempt = play(make_quiz(1), 1, actor=None)
    assert attempt.is_passed
    for statement in said(verbs.ANSWERED, verbs.PASSED):
        assert statement["actor"]["account"]["name"] == "anonymous"


def test_a_given_answer_stands() -> None:
    attempt = attempt_open(quiz=make_quiz(), context=context(), now=NOW)
    attempt_answer(attempt=attempt, position=0, choices=wrong_of(attempt, 0), now=NOW)
    again = attempt_answer(attempt=attempt, position=0, choices=right_of(attempt, 0), now=NOW)
    assert not again.is_correct
    assert Answer.objects.count() == 1
    assert len(said(verbs.ANSWERED)) == 1


def test_an_attempt_keeps_its_questions_as_they_were_asked() -> None:
    quiz = make_quiz(1)
    attempt = attempt_open(quiz=quiz, context=context(), now=NOW)
    question = quiz.items.get().question
    question.choices.update(is_correct=False, text="Tout a changé")
    attempt_answer(attempt=attempt, position=0, choices=right_of(attempt, 0), now=NOW)
    attempt.refresh_from_db()
    assert attempt.is_passed


@pytest.mark.parametrize("choices", [[], ["nowhere"], "both"])
def test_what_does_not_fit_is_refused_and_leaves_nothing(choices: Any) -> None:
    attempt = attempt_open(quiz=make_quiz(), context=context(), now=NOW)
    if choices == "both":
        choices = [c["uid"] for c in attempt.questions[0]["choices"]]
    with pytest.raises(AnswerInvalid):
        attempt_answer(attempt=attempt, position=0, choices=choices, now=NOW)
    assert not Answer.objects.exists()
    assert said(verbs.ANSWERED) == []


MULTIPLE = {
    "kind": QuestionKind.MULTIPLE,
    "choices": (("A", True), ("B", True), ("C", False)),
}


def test_multiple_choice_wants_all_right_ones_and_no_other() -> None:
    attempt = attempt_open(quiz=make_quiz(1, **MULTIPLE), context=context(), now=NOW)
    question = attempt.questions[0]
    a, b, c = (choice["uid"] for choice in question["choices"])
    kind = kind_of(question)
    assert [kind.scaled(question, one) for one in ([a, b], [a], [a, b, c])] == [1, 0, 0]


def test_statements_follow_the_standard() -> None:
    true_false = {"kind": QuestionKind.TRUE_FALSE, "choices": (("Vrai", False), ("Faux", True))}
    for fields in ({}, MULTIPLE, true_false):
        play(make_quiz(1, **fields), 1)
    single, multiple, boolean = said(verbs.ANSWERED)
    (passed, *_others) = said(verbs.PASSED)
    for statement in (single, multiple, boolean, passed):
        assert validate_statement(statement, "2.0.0") == []
    definition = multiple["object"]["definition"]
    names = {choice["id"]: choice["description"]["fr"] for choice in definition["choices"]}
    assert definition["interactionType"] == "choice"
    (pattern,) = definition["correctResponsesPattern"]
    assert {names[uid] for uid in pattern.split("[,]")} == {"A", "B"}
    assert multiple["result"]["response"] == pattern
    assert boolean["object"]["definition"]["interactionType"] == "true-false"
    assert boolean["object"]["definition"]["correctResponsesPattern"] == ["false"]
    assert boolean["result"]["response"] == "false"
    assert passed["result"]["score"] == {"scaled": 1.0, "raw": 1, "min": 0, "max": 1}
    parents = single["context"]["contextActivities"]
    assert parents["grouping"] == [
        {"id": "https://example.org/lesson"},
        {"id": "https://example.org/module"},
    ]


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 12), st.integers(1, 100), st.data())
def test_passing_is_having_the_share_of_right_answers(
    count: int, mark: int, data: st.DataObject
) -> None:
    right = data.draw(st.integers(0, count))
    attempt = Attempt(questions=[{}] * count, pass_mark=mark, correct_count=right)
    assert (right >= attempt.needed_count) == (100 * right >= mark * count)


@pytest.mark.parametrize(
    ("kind", "rights", "is_refused"),
    [
        (QuestionKind.SINGLE, [True, False], False),
        (QuestionKind.SINGLE, [False, False], True),
        (QuestionKind.SINGLE, [True, True], True),
        (QuestionKind.MULTIPLE, [True, True, False], False),
        (QuestionKind.MULTIPLE, [True, False], True),
        (QuestionKind.TRUE_FALSE, [True, False], True),
    ],
)
def test_editors_cannot_write_a_question_that_nobody_can_answer(
    kind: QuestionKind, rights: list[bool], is_refused: bool
) -> None:
    choices = [{"text": f"Choix {n}", "is_correct": right} for n, right in enumerate(rights)]
    assert bool(choices_problem(kind, choices)) is is_refused


def test_true_or_false_has_these_two_choices_in_this_order() -> None:
    choices = [{"text": "Vrai", "is_correct": True}, {"text": "Faux", "is_correct": False}]
    assert choices_problem(QuestionKind.TRUE_FALSE, choices) == ""
    assert choices_problem(QuestionKind.TRUE_FALSE, choices[::-1])
