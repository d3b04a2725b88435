"""An open module, taken by somebody who gave no name."""

from __future__ import annotations

import pytest
from django.test import Client

from courses.models import LearningSession
from lrs.identifiers import ANONYMOUS_NAME
from quizzes.models import Attempt
from tests.courses.factories import lessons, make_module
from tests.courses.test_learning import finish, said, said_verbs, start, take_quiz
from tests.quizzes.factories import make_quiz
from training.models import Completion

pytestmark = pytest.mark.django_db


def test_an_open_module_is_taken_without_a_name(client: Client) -> None:
    module = make_module(2, quiz=make_quiz(2), is_open=True)
    first, last = lessons(module)
    assert start(client, module).url == first.url
    assert finish(client, first).url == last.url
    result = take_quiz(client, last, right=2)
    assert "Bravo, module validé." in result.content.decode()
    session = LearningSession.objects.get()
    assert (session.person, Attempt.objects.get().actor) == (None, None)
    assert said_verbs()[-1] == "completed"
    assert {statement["actor"]["account"]["name"] for statement in said()} == {ANONYMOUS_NAME}
    assert not Completion.objects.exists()


def test_a_closed_module_asks_for_a_sign_in(client: Client) -> None:
    module = make_module(1)
    assert "/accounts/login/" in start(client, module).url
    assert "/accounts/login/" in finish(client, lessons(module)[0]).url
    assert not LearningSession.objects.exists()


def test_a_visitor_resumes_in_her_browser_and_nobody_else_finds_her(client: Client) -> None:
    module = make_module(2, is_open=True)
    first, second = lessons(module)
    start(client, module)
    finish(client, first)
    assert start(client, module).url == second.url
    other = Client()
    assert start(other, module).url == first.url
    assert LearningSession.objects.count() == 2


def test_reading_leaves_no_cookie_and_no_session(client: Client) -> None:
    module = make_module(1, is_open=True)
    for page in (module, *lessons(module)):
        assert client.get(page.url).status_code == 200
    assert "sessionid" not in client.cookies
    assert not LearningSession.objects.exists()


def test_an_attempt_of_a_visitor_is_hers_alone(client: Client) -> None:
    module = make_module(1, quiz=make_quiz(2), is_open=True)
    start(client, module)
    take_quiz(client, lessons(module)[0], right=1)
    address = f"/apprendre/quiz/{Attempt.objects.get().uid}/resultat/"
    assert client.get(address).status_code == 200
    assert "/accounts/login/" in Client().get(address).url
