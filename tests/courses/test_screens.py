"""The learner's screens in a real browser, on a desk and on a phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from courses import learners
from courses.models import ModulePage
from courses.services import lesson_complete, quiz_open, session_open
from organisation.models import StaffRole
from organisation.services import person_for_user
from quizzes.enums import QuestionKind
from quizzes.services import attempt_answer
from tests.courses.factories import lessons, quiz_block_id
from tests.organisation.factories import AppointmentFactory
from tests.quizzes.test_services import right_of, wrong_of
from training.services import requirement_create
from users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = dt.datetime(2026, 11, 2, 14, 5, tzinfo=dt.UTC)


class Learner:
    """Somebody in the middle: one module begun, its quiz failed once and begun again."""

    def __init__(self) -> None:
        self.user = User.objects.create_user("agent@hopital.test", first_name="Nadia")
        self.person = person_for_user(user=self.user)
        role = StaffRole.objects.get(code="infirmier")
        appointment = AppointmentFactory(person=self.person, role=role)
        self.begun, self.other = ModulePage.objects.order_by("path")[:2]
        for module in (self.begun, self.other):
            requirement_create(trainable=module.trainable, starts_on=appointment.starts_on)
        self.session = session_open(
            learner=learners.Learner(self.person), module=self.begun, now=NOW
        )
        *first, self.last = lessons(self.begun)
        for lesson in first:
            lesson_complete(session=self.session, lesson=lesson, now=NOW)
        self.failed = self._take(None, wrong_of)
        self.current = self._take(range(2), right_of)

    def _take(self, positions: range | None, choose: Callable[..., list[str]]) -> Any:
        attempt = quiz_open(
            session=self.session, lesson=self.last, block_id=quiz_block_id(self.last), now=NOW
        )
        for position in positions or range(len(attempt.questions)):
            choices = choose(attempt, position)
            attempt_answer(attempt=attempt, position=position, choices=choices, now=NOW)
        return attempt

    def answer_until_choices(self) -> int:
        """Answer until a question is one of choices, and its number: each draw differs."""
        for position, question in enumerate(self.current.questions):
            if position < 2:
                continue
            if question["kind"] not in (QuestionKind.MATCHING, QuestionKind.ORDERING):
                return position + 1
            choices = right_of(self.current, position)
            attempt_answer(attempt=self.current, position=position, choices=choices, now=NOW)
        pytest.fail("the draw has no question of choices left")

    def screens(self) -> dict[str, str]:
        quiz, failed = f"/apprendre/quiz/{self.current.uid}", f"/apprendre/quiz/{self.failed.uid}"
        return {
            "space": "/mon-espace/",
            "modules": "/modules/",
            "module begun": self.begun.url,
            "module": self.other.url,
            **{f"lesson {one.title}": one.url for one in lessons(self.begun)},
            "question": f"{quiz}/question/3/",
            "right answer": f"{quiz}/question/1/",
            "wrong answer": f"{failed}/question/1/",
            "result": f"{failed}/resultat/",
        }


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_screens_are_accessible_and_fit(
    starter_site: None,
    width: int,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
) -> None:
    learner = Learner()
    page = page_factory(width)
    login(page, learner.user)
    for name, address in learner.screens().items():
        assert page.goto(address).status == 200, name
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_a_quiz_is_taken_with_the_keyboard_alone(
    starter_site: None, page_factory: Callable[..., Any], login: Callable[..., None]
) -> None:
    learner = Learner()
    page = page_factory()
    login(page, learner.user)
    number = learner.answer_until_choices()
    page.goto(f"/apprendre/quiz/{learner.current.uid}/question/{number}/")
    page.locator("[name=choice]").first.focus()
    page.keyboard.press("Space")
    while not page.evaluate("document.activeElement.matches('main form[data-answer] button')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Question suivante").wait_for()
    assert page.url.endswith(f"/question/{number}/")
