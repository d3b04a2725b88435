"""No answer lost, none counted twice, none counted for another: the requests of browsers."""

from __future__ import annotations

import html
import logging
import re
import uuid
from typing import Any

import pytest
from django.test import Client

from courses.models import ExerciseResponse, LearningSession, LessonPage, LessonProgress
from courses.views.posted import FIELDS, unexpected
from quizzes.models import Answer, Attempt
from tests.courses.factories import lessons, list_items, make_module, quiz_block_id
from tests.courses.test_exercises import SORTING, block_of
from tests.courses.test_learning import finish, said, start
from tests.organisation.factories import AccountFactory
from tests.quizzes.factories import make_quiz
from training.models import Completion
from users.models import User

pytestmark = pytest.mark.django_db
SAME = {"Sec-Fetch-Site": "same-origin"}
CROSS = {"Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def nurse() -> User:
    user: User = AccountFactory(email="nadia@hopital.test")
    return user


@pytest.fixture
def browser(nurse: User) -> Client:
    """A browser whose forms are checked as in production."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(nurse)
    return client


def sorting() -> dict[str, Any]:
    return {"type": "sorting", "value": list_items(SORTING), "id": str(uuid.uuid4())}


@pytest.fixture
def lesson() -> LessonPage:
    return lessons(make_module(1, extra=[sorting()]))[0]


def exercise_address(lesson: LessonPage) -> str:
    return f"/apprendre/lecon/{lesson.uid}/exercice/{block_of(lesson).id}/"


def form_of(client: Client, lesson: LessonPage) -> dict[str, str]:
    """The hidden fields of the exercise as the page has them, and an answer to each situation."""
    page = client.get(lesson.url).content.decode()
    form = page[page.index(exercise_address(lesson)) :]
    form = form[: form.index("</form>")]
    hidden = re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form)
    names = {child.id for child in block_of(lesson).value["items"].bound_blocks}
    return {**dict(hidden), **dict.fromkeys(names, "safe")}


def fields_of(page: str) -> dict[str, str]:
    """What a page that holds an answer would send."""
    form = page[page.index("<ol>") if "<ol>" in page else page.index("tcv-narrow") :]
    form = form[form.index('<form method="post"') : form.index("Renvoyer ma réponse")]
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form)
    }


# A session that ended in between ---------------------------------------------------------------


def test_an_answer_that_meets_no_session_is_given_back(
    browser: Client, lesson: LessonPage, nurse: User
) -> None:
    answer = form_of(browser, lesson)
    token = browser.cookies["csrftoken"].value
    browser.logout()
    browser.cookies["csrftoken"] = token
    given_back = browser.post(exercise_address(lesson), answer, headers=SAME)
    page = given_back.content.decode()
    assert given_back.status_code == 403
    assert "Votre réponse est gardée dans cette page" in page
    assert "no-store" in given_back.headers["Cache-Control"]
    assert not ExerciseResponse.objects.exists()
    browser.force_login(nurse)  # in another tab
    again = fields_of(page)
    assert browser.post(exercise_address(lesson), again, headers=SAME).status_code == 302
    assert ExerciseResponse.objects.get().scaled == 0.5


def test_an_answer_under_an_old_token_is_given_back(browser: Client, lesson: LessonPage) -> None:
    answer = form_of(browser, lesson)
    answer["csrfmiddlewaretoken"] = "a" * 64
    given_back = browser.post(exercise_address(lesson), answer, headers=SAME)
    page = given_back.content.decode()
    assert given_back.status_code == 403
    assert "Un clic suffit" in page
    assert browser.post(exercise_address(lesson), fields_of(page), headers=SAME).status_code == 302
    assert ExerciseResponse.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        CROSS,
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", **CROSS},
    ],
)
def test_a_foreign_site_gets_no_page_that_sends_on(
    browser: Client, lesson: LessonPage, headers: dict[str, str]
) -> None:
    answer = {**form_of(browser, lesson), "csrfmiddlewaretoken": "a" * 64}
    refused = browser.post(exercise_address(lesson), answer, headers=headers)
    assert refused.status_code == 403
    assert "Renvoyer ma réponse" not in refused.content.decode()
    assert "Ce formulaire n’est plus valable" in refused.content.decode()


def test_a_foreign_post_to_nobody_is_not_held(client: Client, lesson: LessonPage) -> None:
    refused = client.post(exercise_address(lesson), {"number": "1"}, headers=CROSS)
    assert refused.status_code == 302


def test_what_is_held_is_escaped_and_bounded(client: Client, lesson: LessonPage) -> None:
    posted = {"number": '"><script>alert(1)</script>'}
    page = client.post(exercise_address(lesson), posted, headers=SAME).content.decode()
    assert "<script>alert" not in page
    large = {"number": "x" * 60_000}
    assert client.post(exercise_address(lesson), large, headers=SAME).status_code == 302


def test_an_answer_to_a_question_is_given_back_too(client: Client, nurse: User) -> None:
    lesson = lessons(make_module(1, quiz=make_quiz(2)))[0]
    client.force_login(nurse)
    client.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    address = f"/apprendre/quiz/{attempt.uid}/question/1/"
    chosen = attempt.questions[0]["choices"][0]["uid"]
    client.logout()
    page = client.post(address, {"choice": chosen}, headers=SAME).content.decode()
    assert fields_of(page)["choice"] == chosen
    client.force_login(nurse)
    assert client.post(address, {"choice": chosen}).status_code == 302
    assert Answer.objects.get().choices == [chosen]


def test_on_an_open_module_an_answer_does_not_become_a_visitors(
    client: Client, nurse: User
) -> None:
    lesson = lessons(make_module(1, extra=[sorting()], is_open=True))[0]
    client.force_login(nurse)
    start(client, lesson.module)
    answer = form_of(client, lesson)
    client.logout()
    given_back = client.post(exercise_address(lesson), answer, headers=SAME)
    assert "Connectez-vous" in given_back.content.decode()
    assert LearningSession.objects.get().person == nurse.person
    assert not ExerciseResponse.objects.exists()


# The script's way ------------------------------------------------------------------------------


def test_the_script_is_told_where_to_go(client: Client, nurse: User, lesson: LessonPage) -> None:
    client.force_login(nurse)
    told = client.post(exercise_address(lesson), form_of(client, lesson), headers={"X-Answer": "1"})
    assert told.json() == {"go": f"{lesson.url}#retour-{block_of(lesson).id}"}
    client.logout()
    asked = client.post(exercise_address(lesson), {"number": "2"}, headers={"X-Answer": "1"})
    assert (asked.status_code, asked.headers["X-Answer"]) == (403, "sign-in")


# Twice, two tabs, back -------------------------------------------------------------------------


def test_two_tabs_that_answer_in_turn_count_each_question_once(client: Client, nurse: User) -> None:
    lesson = lessons(make_module(1, quiz=make_quiz(3)))[0]
    client.force_login(nurse)
    start_quiz = f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/"
    assert client.post(start_quiz).url == client.post(start_quiz).url
    attempt = Attempt.objects.get()
    for number, question in enumerate(attempt.questions, start=1):
        address = f"/apprendre/quiz/{attempt.uid}/question/{number}/"
        for choice in question["choices"]:  # the right one first; the other tab is late
            assert client.post(address, {"choice": choice["uid"]}).url == address
    assert Answer.objects.count() == 3
    attempt.refresh_from_db()
    assert (attempt.correct_count, attempt.is_passed) == (3, True)
    assert Completion.objects.count() == 1
    assert len([one for one in said() if one["verb"]["id"].endswith("/answered")]) == 3


def test_the_back_button_sends_again_and_nothing_happens(
    client: Client, nurse: User, lesson: LessonPage
) -> None:
    client.force_login(nurse)
    answer = form_of(client, lesson)
    for _one in range(3):
        client.post(exercise_address(lesson), answer)
        finish(client, lesson)
    before = said()
    client.post(exercise_address(lesson), answer)
    finish(client, lesson)
    assert said() == before
    assert ExerciseResponse.objects.count() == 1
    assert LessonProgress.objects.count() == 1
    assert Completion.objects.count() == 1


def test_a_post_played_again_after_the_sign_out_has_no_effect(
    client: Client, nurse: User, lesson: LessonPage
) -> None:
    client.force_login(nurse)
    answer = form_of(client, lesson)
    key = client.cookies["sessionid"].value
    client.logout()
    client.cookies["sessionid"] = key  # whoever kept the cookie
    assert client.post(exercise_address(lesson), answer).status_code == 403
    assert "/accounts/login/" in finish(client, lesson).url
    assert said() == []


# Somebody else ---------------------------------------------------------------------------------


def test_a_page_that_another_opened_counts_for_neither(
    client: Client, nurse: User, lesson: LessonPage, caplog: pytest.LogCaptureFixture
) -> None:
    """One tab was hers; somebody signs in in another one of the same browser."""
    client.force_login(nurse)
    start(client, lesson.module)
    answer = form_of(client, lesson)
    client.logout()
    client.force_login(AccountFactory())
    client.get("/mon-espace/")
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        refused = client.post(exercise_address(lesson), answer)
        finished = client.post(
            f"/apprendre/lecon/{lesson.uid}/terminer/", {"learner": answer["learner"]}
        )
    assert (refused.status_code, finished.status_code) == (409, 409)
    assert "ouverte par quelqu’un d’autre" in refused.content.decode()
    assert not ExerciseResponse.objects.exists()
    assert caplog.text.count("page of another learner") == 2


def test_the_page_of_a_new_account_counts_for_no_other_new_account(
    client: Client, lesson: LessonPage
) -> None:
    """Neither has a person yet, whom the form could name."""
    nurse = User.objects.create_user("nouvelle@hopital.test")
    client.force_login(nurse)
    answer = form_of(client, lesson)
    client.force_login(User.objects.create_user("autre@hopital.test"))
    assert client.post(exercise_address(lesson), answer).status_code == 409
    client.force_login(nurse)
    start(client, lesson.module)  # now she has one
    assert client.post(exercise_address(lesson), answer).status_code == 302
    assert ExerciseResponse.objects.get().session.person == nurse.person


def test_a_forged_attempt_is_not_found_and_noted(
    client: Client, nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    lesson = lessons(make_module(1, quiz=make_quiz(1)))[0]
    client.force_login(nurse)
    client.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
    attempt = Attempt.objects.get()
    other = Client()
    other.force_login(AccountFactory())
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        address = f"/apprendre/quiz/{attempt.uid}/question/1/"
        assert other.post(address, {"choice": "x"}).status_code == 404
    assert f"target={attempt.uid}" in caplog.text
    assert not Answer.objects.exists()


@pytest.mark.parametrize("what", ["exercice", "quiz", "video", "video-lue"])
def test_a_block_of_another_lesson_is_not_found_and_noted(
    client: Client, nurse: User, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    """What is easy in one lesson cannot be done in the name of another."""
    easy = lessons(make_module(1, quiz=make_quiz(1), extra=[sorting()]))[0]
    lesson = lessons(make_module(1, quiz=make_quiz(1), extra=[sorting()]))[0]
    client.force_login(nurse)
    start(client, lesson.module)
    before = said()
    kind = "quiz" if what == "quiz" else "sorting"
    block = block_of(easy, kind).id
    addresses = {"video-lue": f"video/{block}/lue/"}
    address = f"/apprendre/lecon/{lesson.uid}/{addresses.get(what, f'{what}/{block}/')}"
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        assert client.post(address).status_code == 404
    (record,) = [one for one in caplog.records if one.name == "courses.forgery"]
    assert record.getMessage().startswith("block of no such lesson")
    assert f"target={lesson.uid} block={block}" in record.getMessage()
    assert said() == before


def test_a_session_of_another_is_never_written_to(client: Client, nurse: User) -> None:
    """Whatever session she names, hers is the one that is meant."""
    lesson = lessons(make_module(2, extra=[sorting()]))[1]
    client.force_login(nurse)
    start(client, lesson.module)
    hers = LearningSession.objects.get()
    colleague: User = AccountFactory()
    other = Client()
    other.force_login(colleague)
    answer = form_of(other, lesson)
    named = {"session": str(hers.uid), "registration": str(hers.uid), "person": str(hers.person_id)}
    assert other.post(exercise_address(lesson), {**answer, **named}).status_code == 302
    response = ExerciseResponse.objects.get()
    assert response.session.person == colleague.person
    assert response.session != hers
    assert not hers.exercise_responses.exists()


# Fields that are none --------------------------------------------------------------------------

FORGED = {
    "success": "true",
    "score": "1.0",
    "actor": "mailto:directrice@hopital.test",
    "person": "1",
    "completion": "true",
    "result": '{"success": true}',
    "session": "00000000-0000-4000-8000-000000000000",
    "registration": "00000000-0000-4000-8000-000000000000",
    "lesson": "00000000-0000-4000-8000-000000000000",
    "is_correct": "1",
    "completed_at": "2020-01-01",
    "jean.dupont@hopital.test": "1",
}


def test_forged_fields_have_no_effect_and_are_noted_without_their_values(
    client: Client, nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    module = make_module(2, quiz=make_quiz(1), extra=[sorting()])
    _first, last = lessons(module)
    client.force_login(nurse)
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        client.post(f"/apprendre/module/{module.trainable.uid}/commencer/", FORGED)
        client.post(f"/apprendre/lecon/{last.uid}/terminer/", FORGED)
        client.post(exercise_address(last), {"number": "1", **FORGED})
        client.post(f"/apprendre/lecon/{last.uid}/quiz/{quiz_block_id(last)}/", FORGED)
        attempt = Attempt.objects.get()
        wrong = attempt.questions[0]["choices"][1]["uid"]
        address = f"/apprendre/quiz/{attempt.uid}/question/1/"
        client.post(address, {"choice": wrong, **FORGED})
    session = LearningSession.objects.get()
    assert (session.person, session.completed_at) == (nurse.person, None)
    assert not ExerciseResponse.objects.exists()
    attempt.refresh_from_db()
    assert (attempt.is_passed, attempt.correct_count) == (False, 0)
    assert not Completion.objects.exists()
    assert {one["actor"]["account"]["name"] for one in said()} == {str(nurse.person.uid)}
    assert "2020" not in "".join(one["timestamp"] for one in said())
    told = [record for record in caplog.records if record.name == "courses.forgery"]
    assert [record.endpoint for record in told] == [  # type: ignore[attr-defined]
        *("module_start", "lesson_finish", "exercise", "quiz_start", "quiz_question")
    ]
    assert "fields=actor,completed_at,completion,is_correct,lesson,person" in caplog.text
    assert "others=1" in caplog.text
    for secret in ("directrice", "dupont", nurse.email, "00000000-0000"):
        assert secret not in caplog.text


def test_a_walk_through_a_module_notes_nothing(
    client: Client, nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    module = make_module(1, quiz=make_quiz(1), extra=[sorting()])
    (lesson,) = lessons(module)
    client.force_login(nurse)
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        start(client, module)
        client.post(exercise_address(lesson), form_of(client, lesson))
        client.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
        attempt = Attempt.objects.get()
        right = attempt.questions[0]["choices"][0]["uid"]
        client.post(f"/apprendre/quiz/{attempt.uid}/question/1/", {"choice": right})
    assert LearningSession.objects.get().completed_at is not None
    assert not caplog.records


def test_every_post_of_a_learner_says_what_it_reads(rf: Any) -> None:
    from courses.urls import urlpatterns

    wrapped = {one.name for one in urlpatterns if hasattr(one.callback, "__wrapped__")}
    assert set(FIELDS) <= wrapped
    request = rf.post("/", {"item-0f8fad5b-d9cb-469f-a165-70867728950e": "1", "score": "1"})
    assert unexpected(request.POST, "quiz_question") == ["score"]
