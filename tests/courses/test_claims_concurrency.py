"""Claims, codes and answers that arrive at the same moment, on the database that is configured."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from courses.models import LearningSession
from courses.services import SessionNotFree, session_claim
from lrs.services import atomic_repeated
from organisation.enums import CodeKind
from organisation.models import AccessCode
from organisation.services import access_code_use, access_codes_issue
from organisation.services.codes import LIFETIMES
from quizzes.models import Answer, Attempt
from tests.courses.factories import lessons, make_module, quiz_block_id
from tests.courses.test_learning import finish, said, start
from tests.organisation.factories import AccountFactory, PersonFactory
from tests.quizzes.factories import make_quiz
from training.models import Completion

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """What `work` answers in each of several threads that start together."""
    barrier = threading.Barrier(AT_ONCE)

    def run(index: int) -> Any:
        try:
            barrier.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def visit(completed: bool) -> LearningSession:
    module = make_module(2, is_open=True)
    client = Client()
    start(client, module)
    for lesson in lessons(module)[: 2 if completed else 1]:
        finish(client, lesson)
    return LearningSession.objects.get()


@pytest.mark.parametrize("completed", [True, False])
def test_of_several_people_one_gets_a_visit(completed: bool) -> None:
    session = visit(completed)
    people = PersonFactory.create_batch(AT_ONCE)

    def claim(index: int) -> int | None:
        try:
            session_claim(session=session, person=people[index], now=timezone.now())
        except SessionNotFree:
            return None
        return people[index].pk

    winners = [pk for pk in at_once(claim) if pk is not None]
    session.refresh_from_db()
    assert winners == [session.person_id]
    assert list(Completion.objects.values_list("person", flat=True)) == winners * completed


def test_two_tabs_of_one_person_count_it_once() -> None:
    session, person = visit(True), PersonFactory()
    at_once(lambda _index: session_claim(session=session, person=person, now=timezone.now()))
    assert Completion.objects.get().person == person


def test_somebody_has_one_open_session_of_a_module_whatever_she_claims() -> None:
    session, person = visit(False), PersonFactory()
    other = LearningSession.objects.create(trainable=session.trainable, started_at=timezone.now())

    def claim(index: int) -> bool:
        try:
            chosen = (session, other)[index % 2]
            session_claim(session=chosen, person=person, now=timezone.now())
        except SessionNotFree:
            return False
        return True

    assert True in at_once(claim)
    assert LearningSession.objects.filter(person=person).count() == 1


def test_a_code_lets_one_in() -> None:
    issued = access_codes_issue(
        people=[PersonFactory()],
        kind=CodeKind.SHOWN,
        lifetime=LIFETIMES[CodeKind.SHOWN][0],
        actor=AccountFactory(),
        now=timezone.now(),
    )
    use = atomic_repeated(lambda: access_code_use(text=issued[0].text, now=timezone.now()))
    let_in = [person for person in at_once(lambda _index: use()) if person is not None]
    assert len(let_in) == 1
    assert AccessCode.objects.get().used_at is not None


def test_double_clicks_and_tabs_count_an_answer_once() -> None:
    module = make_module(1, quiz=make_quiz(1))
    (lesson,) = lessons(module)
    user = AccountFactory()
    clients = [Client() for _one in range(AT_ONCE)]
    for client in clients:
        client.force_login(user)
    start(clients[0], module)
    address = f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/"
    at_once(lambda index: clients[index].post(address))
    attempt = Attempt.objects.get()
    choices = attempt.questions[0]["choices"]

    def answer(index: int) -> int:
        question = f"/apprendre/quiz/{attempt.uid}/question/1/"
        return clients[index].post(question, {"choice": choices[index % 2]["uid"]}).status_code

    assert set(at_once(answer)) == {302}
    assert Answer.objects.count() == 1
    assert len([one for one in said() if one["verb"]["id"].endswith("/answered")]) == 1
    assert Completion.objects.count() == bool(Answer.objects.get().is_correct)
