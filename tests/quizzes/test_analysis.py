"""Item analysis: figures against naive ones, a fixed number of queries, nothing of a few."""

from __future__ import annotations

import csv
import io
import random
import statistics
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzes.analysis.figures import MIN_CORRELATED, MIN_SHOWN, Sums, discrimination, median
from quizzes.analysis.selectors import (
    Scope,
    analysis_lines,
    attempt_figures,
    figures_by_question,
    is_rewritten,
    picks_of,
)
from quizzes.enums import QuestionKind, Scoring
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Question, Quiz
from quizzes.services import attempt_answer, attempt_open, question_show
from tests.quizzes.factories import make_matching, make_ordering, make_question, quiz_of
from tests.quizzes.test_attempts import MINUTE
from tests.quizzes.test_services import NOW, context
from users.models import User

PAIRS = st.lists(
    st.tuples(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.integers(0, 8).map(lambda n: n / 8)),
    min_size=MIN_CORRELATED,
    max_size=80,
)


@given(PAIRS)
def test_discrimination_is_the_correlation_with_the_rest(pairs: list[tuple[float, float]]) -> None:
    xs, ys = zip(*pairs, strict=True)
    assume(len(set(xs)) > 1 and len(set(ys)) > 1)
    sums = sum((Sums(1, x, y, x * x, y * y, x * y) for x, y in pairs), Sums())
    assert discrimination(sums) == pytest.approx(statistics.correlation(xs, ys), abs=1e-6)


def test_discrimination_is_not_said_of_a_few_or_of_answers_all_alike() -> None:
    assert discrimination(Sums(MIN_CORRELATED - 1, 5, 5, 5, 5, 5)) is None
    assert discrimination(Sums(40, 40, 20, 40, 12, 20)) is None


@given(st.lists(st.integers(0, 50), min_size=MIN_SHOWN, max_size=60))
def test_the_median_is_that_of_the_values(values: list[int]) -> None:
    counted = {value: values.count(value) for value in values}
    assert median(counted) == statistics.median(values)


def test_the_median_of_a_few_is_not_said() -> None:
    assert median({3: MIN_SHOWN - 1}) is None


def bank() -> Quiz:
    return quiz_of(
        make_question("Un ?", choices=(("Juste", True), ("Faux", False), ("Autre", False))),
        make_question(
            "Plusieurs ?",
            QuestionKind.MULTIPLE,
            (("A", True), ("B", True), ("C", False)),
            scoring=Scoring.PARTIAL,
        ),
        make_matching(distractors=("Accueil",), scoring=Scoring.PARTIAL),
        make_ordering(scoring=Scoring.PARTIAL),
    )


def take(quiz: Quiz, rng: random.Random) -> None:
    """One attempt of somebody who knows more or less."""
    attempt = attempt_open(quiz=quiz, context=context(), now=NOW, rng=rng)
    knows, now = rng.random(), NOW
    for position, question in enumerate(attempt.questions):
        question_show(attempt=attempt, position=position, now=now)
        kind = kind_of(question)
        is_right = rng.random() < knows
        response = kind.right(question) if is_right else kind.drawn_wrong(question, rng)
        now += MINUTE * rng.randint(1, 5) / 4
        attempt_answer(attempt=attempt, position=position, choices=response, now=now)


@pytest.mark.database
@pytest.mark.django_db
def test_figures_are_those_of_a_naive_count() -> None:
    quiz, rng = bank(), random.Random(7)
    for _learner in range(MIN_CORRELATED + 10):
        take(quiz, rng)
    attempt_open(quiz=quiz, context=context(), now=NOW)  # not finished: does not count
    figures = figures_by_question(Scope(quiz=quiz))
    assert len(figures) == 4
    for uid, found in figures.items():
        answers = list(Answer.objects.filter(question_uid=uid).select_related("attempt"))
        scaled = [one.scaled for one in answers]
        rest = [(one.attempt.points - one.scaled) / 3 for one in answers]  # type: ignore[operator]
        assert found.answers == len(answers) == 40
        assert found.facility == pytest.approx(statistics.mean(scaled))
        assert found.discrimination == pytest.approx(statistics.correlation(scaled, rest))
        assert found.median_seconds == statistics.median(one.seconds for one in answers)
        assert found.wordings == 1
    attempts = Attempt.objects.filter(finished_at__isnull=False)
    found_attempts = attempt_figures(Scope(quiz=quiz))
    assert found_attempts.count == 40
    assert found_attempts.passed == attempts.filter(is_passed=True).count() / 40
    assert found_attempts.mean == pytest.approx(
        statistics.mean(one.score()["scaled"] for one in attempts), abs=1e-4
    )
    for item in quiz.items.all():
        kind_shares(item.question, Scope(quiz=quiz))


def kind_shares(question: Question, scope: Scope) -> None:
    """The shares of what was chosen, counted one answer at a time."""
    picks = picks_of(question, scope)
    answers = list(Answer.objects.filter(question_uid=question.uid))
    frozen = answers[0].attempt.questions[answers[0].position]
    kind = kind_of(frozen)
    for pick in picks:
        count = sum(
            any(kind.pick_label(frozen, key) == pick.label for key in kind.picks(one.choices))
            for one in answers
        )
        assert pick.share == pytest.approx(count / len(answers)), pick.label
    assert [pick.share for pick in picks] == sorted((p.share for p in picks), reverse=True)


@pytest.mark.django_db
def test_choices_that_nobody_took_are_shown_and_the_right_one_is_marked() -> None:
    question = make_question("Un ?", choices=(("Juste", True), ("Faux", False), ("Nul", False)))
    quiz = quiz_of(question)
    answer_times(quiz, [0] * 4)
    assert picks_of(question, Scope()) == []  # fewer than five
    answer_times(quiz, [1])
    shares = [(pick.label, pick.is_right, pick.share) for pick in picks_of(question, Scope())]
    assert shares == [("Juste", True, 0.8), ("Faux", False, 0.2), ("Nul", False, 0.0)]


def answer_times(quiz: Quiz, positions: list[int]) -> None:
    for at in positions:
        attempt = attempt_open(quiz=quiz, context=context(), now=NOW)
        chosen = attempt.questions[0]["choices"][at]["uid"]
        attempt_answer(attempt=attempt, position=0, choices=[chosen], now=NOW)


@pytest.mark.django_db
def test_a_rewritten_question_is_noted() -> None:
    question = make_question()
    quiz = quiz_of(question)
    answer_times(quiz, [0, 0])
    question = Question.objects.get()
    figures = figures_by_question(Scope())[question.uid]
    assert (figures.wordings, is_rewritten(question, figures)) == (1, False)
    question.text = "Dit autrement ?"
    question.save()
    assert is_rewritten(question, figures)
    answer_times(quiz, [0, 0, 0])
    figures = figures_by_question(Scope())[question.uid]
    assert (figures.answers, figures.wordings) == (5, 2)


@pytest.mark.django_db
def test_a_quiz_and_a_period_limit_what_is_counted() -> None:
    question = make_question()
    one, other = quiz_of(question, title="Un"), quiz_of(question, title="Autre")
    answer_times(one, [0, 1])
    answer_times(other, [0])
    counts = [
        sum(line.figures.answers for line in analysis_lines(scope))
        for scope in (
            Scope(),
            Scope(quiz=one),
            Scope(quiz=other),
            Scope(since=NOW),
            Scope(since=NOW + MINUTE),
        )
    ]
    assert counts == [3, 2, 1, 3, 0]


ADDRESS = "/admin/quiz/analyse/"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


@pytest.mark.django_db
def test_the_screens_cost_the_same_queries_whatever_the_data(editor: Client) -> None:
    quiz, rng = bank(), random.Random(3)
    for _learner in range(5):
        take(quiz, rng)
    uid = quiz.items.first().question.uid  # type: ignore[union-attr]
    addresses = [ADDRESS, f"{ADDRESS}?quiz={quiz.pk}&days=90", f"{ADDRESS}csv/", f"{ADDRESS}{uid}/"]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                response = editor.get(address)
                assert response.status_code == 200
                list(response)  # the file is streamed
            found.append(len(captured))
        return found

    counts()
    before = counts()
    other = bank()
    for _learner in range(5):
        take(quiz, rng)
        take(other, rng)
    assert counts() == before


@pytest.mark.django_db
def test_the_screens_name_nobody_and_say_so_of_too_few(editor: Client) -> None:
    quiz = quiz_of(make_question())
    here = context(actor=uuid.uuid4())
    attempt = attempt_open(quiz=quiz, context=here, now=NOW)
    right = kind_of(attempt.questions[0]).right(attempt.questions[0])
    attempt_answer(attempt=attempt, position=0, choices=right, now=NOW)
    uid = Question.objects.get().uid
    for address in (ADDRESS, f"{ADDRESS}{uid}/", f"{ADDRESS}?quiz=nonsense&days=7"):
        page = editor.get(address).content.decode()
        assert "trop peu" in page
        assert str(here.actor) not in page
        assert "100\u00a0%" not in page
    assert editor.get(f"{ADDRESS}{uuid.uuid4()}/").status_code == 404


@pytest.mark.django_db
def test_only_those_who_write_questions_read_it(client: Client) -> None:
    from django.contrib.auth.models import Permission

    user = User.objects.create_user("autre@campagne.test")
    door = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    user.user_permissions.add(door)
    client.force_login(user)
    uid = uuid.uuid4()
    for address in (ADDRESS, f"{ADDRESS}csv/", f"{ADDRESS}{uid}/"):
        assert client.get(address).status_code in (302, 403)
    assert ADDRESS not in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_the_file_holds_no_formula(editor: Client) -> None:
    quiz = quiz_of(make_question('=HYPERLINK("http://x")', tags=("+1",)))
    answer_times(quiz, [0] * 5)
    content = b"".join(editor.get(f"{ADDRESS}csv/")).decode("utf-8-sig")  # type: ignore[call-overload]
    header, row = csv.reader(io.StringIO(content), delimiter=";")
    assert header[0] == "Question"
    assert row[0].startswith("'=")
    assert row[3].startswith("'+")
    assert row[4:6] == ["5", "1,0000"]
