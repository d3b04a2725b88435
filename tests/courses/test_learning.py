"""A learner’s way through a module, by the requests of a browser without JavaScript."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.learners import Learner
from courses.models import LearningSession, LessonProgress
from courses.services import lesson_complete, session_open
from lrs.selectors import statements_for_projection
from lrs.services import projections_rebuild
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs
from organisation.services import person_for_user
from quizzes.models import Answer, Attempt
from tests.courses.factories import lessons, make_module, quiz_block_id
from tests.quizzes.factories import make_quiz
from training.models import Completion
from users.models import User

pytestmark = pytest.mark.django_db
ALL_VERBS = frozenset(
    {
        verbs.INITIALIZED,
        verbs.PROGRESSED,
        verbs.ANSWERED,
        verbs.PASSED,
        verbs.FAILED,
        verbs.COMPLETED,
    }
)


@pytest.fixture
def nurse() -> User:
    return User.objects.create_user("agent@hopital.test", "secret-de-test", first_name="Nadia")


@pytest.fixture
def learner(nurse: User) -> Client:
    client = Client()
    client.force_login(nurse)
    return client


def said() -> list[dict[str, Any]]:
    batches = statements_for_projection(verbs=ALL_VERBS)
    return [statement.payload for batch in batches for statement in batch]


def said_verbs() -> list[str]:
    return [statement["verb"]["id"].rsplit("/", 1)[1] for statement in said()]


def start(client: Client, module: Any) -> Any:
    return client.post(f"/apprendre/module/{module.trainable.uid}/commencer/")


def finish(client: Client, lesson: Any) -> Any:
    return client.post(f"/apprendre/lecon/{lesson.uid}/terminer/")


def take_quiz(client: Client, lesson: Any, right: int) -> Any:
    """Answer every question, the first `right` of them rightly; the result page's response."""
    response = client.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.filter(finished_at=None).get()
    assert response.url == f"/apprendre/quiz/{attempt.uid}/"
    for position, question in enumerate(attempt.questions):
        chosen = [c["uid"] for c in question["choices"] if c["is_correct"] == (position < right)]
        client.post(
            f"/apprendre/quiz/{attempt.uid}/question/{position + 1}/", {"choice": chosen[:1]}
        )
    return client.get(f"/apprendre/quiz/{attempt.uid}/resultat/")


def test_from_start_to_completion(learner: Client, nurse: User) -> None:
    module = make_module(2, quiz=make_quiz(4), pass_mark=75)
    first, last = lessons(module)
    assert start(learner, module).url == first.url
    assert finish(learner, first).url == last.url
    failed = take_quiz(learner, last, right=2)
    assert "Il manque 1 bonne réponse." in failed.content.decode()
    assert not Completion.objects.exists()
    passed = take_quiz(learner, last, right=3)
    assert "Bravo, module validé." in passed.content.decode()
    completion = Completion.objects.get()
    assert completion.person == nurse.person
    assert completion.score_scaled == 0.75
    assert said_verbs() == [
        *("initialized", "initialized", "completed", "progressed", "initialized"),
        *(["answered"] * 4 + ["failed"]),
        *(["answered"] * 4 + ["passed"]),
        *("completed", "progressed", "completed"),
    ]


def test_every_statement_is_valid_and_opaque(learner: Client, nurse: User) -> None:
    module = make_module(1, quiz=make_quiz(1))
    start(learner, module)
    take_quiz(learner, lessons(module)[0], right=1)
    session = LearningSession.objects.get()
    for statement in said():
        assert validate_statement(statement, "2.0.0") == []
        assert statement["actor"]["account"]["name"] == str(nurse.person.uid)
        assert statement["context"]["registration"] == str(session.uid)
        assert nurse.email not in str(statement)
        assert "Nadia" not in str(statement)


def test_coming_back_resumes_at_the_first_lesson_that_is_not_done(learner: Client) -> None:
    module = make_module(3)
    first, second, _third = lessons(module)
    start(learner, module)
    finish(learner, first)
    assert "Reprendre la leçon 2" in learner.get(module.url).content.decode()
    assert start(learner, module).url == second.url
    assert LearningSession.objects.count() == 1


def test_the_space_resumes_where_the_module_does(learner: Client) -> None:
    module = make_module(3)
    first, second, third = lessons(module)
    finish(learner, third)  # read out of order
    for page in ("/mon-espace/", module.url):
        assert "Reprendre la leçon 1" in learner.get(page).content.decode()
    finish(learner, first)
    third.unpublish()  # what is withdrawn is no part of the share that is done
    space = learner.get("/mon-espace/").content.decode()
    assert "50 % du module" in space
    assert "Reprendre la leçon 2" in space
    assert start(learner, module).url == second.url


def test_doing_it_twice_counts_once(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(2))
    (lesson,) = lessons(module)
    for _ in range(2):
        start(learner, module)
    take_quiz(learner, lesson, right=2)
    before = said()
    attempt = Attempt.objects.get()
    for number in (1, 2):  # the back button, a double click
        learner.post(f"/apprendre/quiz/{attempt.uid}/question/{number}/", {"choice": "any"})
    finish(learner, lesson)
    assert said() == before
    assert (Answer.objects.count(), Completion.objects.count()) == (2, 1)


def test_a_lesson_with_a_quiz_is_not_done_by_saying_so(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(2))
    (lesson,) = lessons(module)
    assert finish(learner, lesson).url == f"{lesson.url}#bloc-{quiz_block_id(lesson)}"
    assert not LessonProgress.objects.filter(completed_at__isnull=False).exists()
    assert not Completion.objects.exists()


def test_answers_are_not_in_the_page_before_they_are_given(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(2))
    (lesson,) = lessons(module)
    learner.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    url = f"/apprendre/quiz/{attempt.uid}/question/1/"
    asked = learner.get(url).content.decode()
    assert "Parce que" not in asked
    assert "Retour Le signaler" not in asked
    assert "Retour Cliquer" not in asked
    # Nothing but its words tells one choice from the other.
    inputs = re.findall(r"<input[^>]*name=\"choice\"[^>]*>", asked)
    stripped = {re.sub(r'(id|value)="[^"]*"', "", found) for found in inputs}
    assert len(inputs) == 2
    assert len(stripped) == 1
    learner.post(url, {"choice": attempt.questions[0]["choices"][1]["uid"]})
    answered = learner.get(url).content.decode()
    assert "Parce que : Question 1 ?" in answered
    assert "Retour Cliquer" in answered


def test_an_empty_answer_gets_a_message_and_loses_nothing(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(2))
    (lesson,) = lessons(module)
    learner.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    response = learner.post(f"/apprendre/quiz/{attempt.uid}/question/1/")
    assert response.status_code == 422
    assert "Choisissez une réponse avant de valider." in response.content.decode()


def test_one_cannot_jump_ahead_in_a_quiz(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(3))
    (lesson,) = lessons(module)
    learner.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    for number in (0, 3, 99):
        response = learner.get(f"/apprendre/quiz/{attempt.uid}/question/{number}/")
        assert response.url == f"/apprendre/quiz/{attempt.uid}/"
    assert learner.get(f"/apprendre/quiz/{attempt.uid}/resultat/").status_code == 302


def test_another_persons_attempt_does_not_exist(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(1))
    (lesson,) = lessons(module)
    learner.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    other = Client()
    other.force_login(User.objects.create_superuser("admin@hopital.test", "secret-de-test"))
    for tail in ("", "question/1/", "resultat/"):
        assert other.get(f"/apprendre/quiz/{attempt.uid}/{tail}").status_code == 404
    forged = {"choice": attempt.questions[0]["choices"][0]["uid"]}
    assert other.post(f"/apprendre/quiz/{attempt.uid}/question/1/", forged).status_code == 404
    assert not Answer.objects.exists()


def test_without_account_one_reads_and_nothing_is_recorded(client: Client) -> None:
    module = make_module(1, quiz=make_quiz(1))
    (lesson,) = lessons(module)
    assert "Texte 1" in client.get(lesson.url).content.decode()
    assert "Se connecter pour répondre" in client.get(lesson.url).content.decode()
    assert start(client, module).url.startswith("/accounts/login/")
    assert said() == []


def test_a_session_that_ended_leads_back_to_the_button(client: Client, nurse: User) -> None:
    module = make_module(1, quiz=make_quiz(1))
    (lesson,) = lessons(module)
    for posted, page in (
        (f"/apprendre/module/{module.trainable.uid}/commencer/", module.url),
        (f"/apprendre/lecon/{lesson.uid}/terminer/", lesson.url),
        (
            f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/",
            f"{lesson.url}#bloc-{quiz_block_id(lesson)}",
        ),
    ):
        asked = client.post(posted)
        assert asked.url == f"/accounts/login/?next={posted}"
        client.force_login(nurse)
        assert client.get(posted).url == page
        client.logout()
    assert said() == []


def test_a_module_without_lessons_begins_nothing(learner: Client) -> None:
    module = make_module(0)
    assert start(learner, module).url == module.url
    assert not LearningSession.objects.exists()


def test_a_block_that_is_no_quiz_of_the_lesson_is_refused(learner: Client) -> None:
    module = make_module(2, quiz=make_quiz(1))
    first, last = lessons(module)
    block = quiz_block_id(last)
    assert learner.post(f"/apprendre/lecon/{first.uid}/quiz/{block}/").status_code == 404


def test_an_unpublished_module_is_not_started(learner: Client) -> None:
    module = make_module(1)
    module.unpublish()
    assert start(learner, module).status_code == 404
    assert finish(learner, lessons(module)[0]).status_code in (302, 404)
    assert not Completion.objects.exists()


def test_taking_it_again_is_another_session(learner: Client) -> None:
    module = make_module(1)
    (lesson,) = lessons(module)
    for _ in range(2):
        start(learner, module)
        finish(learner, lesson)
    assert LearningSession.objects.count() == 2
    assert Completion.objects.count() == 2


def test_the_same_quiz_in_two_lessons_is_passed_in_each(nurse: User) -> None:
    quiz = make_quiz(1)
    one, other = make_module(1, quiz=quiz), make_module(1, quiz=quiz)
    client = Client()
    client.force_login(nurse)
    start(client, one)
    take_quiz(client, lessons(one)[0], right=1)
    start(client, other)
    assert "#bloc-" in finish(client, lessons(other)[0]).url
    assert Completion.objects.get().trainable == one.trainable


def test_a_rebuild_gives_the_same_completions(learner: Client) -> None:
    module = make_module(1, quiz=make_quiz(1))
    start(learner, module)
    take_quiz(learner, lessons(module)[0], right=1)
    fields = ("person", "trainable", "completed_at", "score_scaled", "provenance", "statement_id")
    before = Completion.objects.values_list(*fields).get()
    projections_rebuild()
    assert Completion.objects.values_list(*fields).get() == before


def test_statements_take_their_time_from_the_row(nurse: User) -> None:
    module = make_module(1)
    person = person_for_user(user=nurse)
    then = timezone.now() - dt.timedelta(days=3)
    session = session_open(learner=Learner(person), module=module, now=then)
    lesson_complete(session=session, lesson=lessons(module)[0], now=then)
    assert {dt.datetime.fromisoformat(one["timestamp"]) for one in said()} == {then}
    assert Completion.objects.get().completed_at == then
