"""Each type of question in a real browser: keyboard alone, without JavaScript, on a phone, axe."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from wagtail.images.tests.utils import get_test_image_file

from content.models import SiteImage
from quizzes.enums import QuestionKind
from quizzes.kinds import kind_of
from quizzes.models import Answer
from tests.courses.test_quiz import MAKERS, Taking, posted
from tests.quizzes.factories import make_matching, make_ordering, make_question, quiz_of
from users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = {QuestionKind.MATCHING, QuestionKind.ORDERING}
MAIN_BUTTON = "document.activeElement.matches('main form[data-answer] button[type=submit]')"


def tab_until(page: Page, condition: str) -> None:
    for _press in range(60):
        if page.evaluate(condition):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never gets to {condition}")


def answer_by_keyboard(page: Page, question: dict[str, Any], response: list[Any]) -> None:
    """Tab, space, arrows or letters, then Enter on the button: no mouse."""
    sent = posted(question, response)
    if question["kind"] in ROWS:
        for name, value in sent.items():
            tab_until(page, f"document.activeElement.name === '{name}'")
            select_by_arrows(page, str(value))
    elif question["kind"] == QuestionKind.MULTIPLE:
        for value in sent["choice"]:
            tab_until(page, f"document.activeElement.value === '{value}'")
            page.keyboard.press("Space")
    else:
        (value,) = sent["choice"]
        tab_until(page, "document.activeElement.name === 'choice'")
        page.keyboard.press("Space")
        for _press in range(10):
            if page.evaluate(f"document.activeElement.value === '{value}'"):
                break
            page.keyboard.press("ArrowDown")
    tab_until(page, MAIN_BUTTON)
    page.keyboard.press("Enter")


def select_by_arrows(page: Page, value: str) -> None:
    for _press in range(10):
        if page.evaluate(f"document.activeElement.value === '{value}'"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is no option")


def answer_by_click(page: Page, question: dict[str, Any], response: list[Any]) -> None:
    for name, value in posted(question, response).items():
        if question["kind"] in ROWS:
            page.locator(f"[name='{name}']").select_option(str(value))
        else:
            for one in value:
                page.locator(f"label[for='{input_id(page, one)}']").click()
    page.locator("main form[data-answer] button[type=submit]").click()


def input_id(page: Page, value: str) -> str:
    return str(page.locator(f"input[value='{value}']").get_attribute("id"))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_question_is_answered_with_the_keyboard_alone(
    kind: str, page_factory: Callable[..., Page], login: Callable[..., None]
) -> None:
    taking = Taking(quiz_of(MAKERS[kind]()))
    question = taking.attempt.questions[0]
    page = page_factory()
    login(page, User.objects.get())
    page.goto(taking.address(1))
    answer_by_keyboard(page, question, kind_of(question).right(question))
    expect(page.get_by_text("Bonne réponse.", exact=True)).to_be_visible()
    tab_until(page, "document.activeElement.matches('main .tcv-stickybar a.fr-btn')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bravo")
    assert Answer.objects.get().is_correct


@pytest.mark.parametrize("kind", MAKERS)
def test_a_question_is_answered_on_a_phone_without_javascript(
    kind: str, page_factory: Callable[..., Page], login: Callable[..., None]
) -> None:
    taking = Taking(quiz_of(MAKERS[kind]()))
    question = taking.attempt.questions[0]
    wrong = kind_of(question).drawn_wrong(question, random.Random(1))
    page = page_factory(390, javascript=False)
    login(page, User.objects.get())
    page.goto(taking.address(1))
    answer_by_click(page, question, wrong)
    expect(page.get_by_role("status")).to_contain_text("Parce que")
    assert Answer.objects.get().choices == wrong


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_question_and_its_review_is_accessible_and_fits(
    width: int,
    page_factory: Callable[..., Page],
    login: Callable[..., None],
    axe_check: Callable[[Page], None],
) -> None:
    image = SiteImage.objects.create(
        title="Badge",
        description="Un badge posé sur un clavier",
        file=get_test_image_file(size=(1600, 900)),
    )
    long = "Une réponse dont le texte est bien plus long que ne le voudrait un écran de téléphone"
    taking = Taking(
        quiz_of(
            make_question(image=image),
            *(MAKERS[kind]() for kind in ("multiple", "true_false")),
            make_matching(pairs=((long, f"{long} 1"), ("Court", f"{long} 2"))),
            make_ordering(steps=(long, "Deux", "Trois")),
        )
    )
    page = page_factory(width)
    login(page, User.objects.get())

    def check() -> None:
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    for number, question in enumerate(taking.attempt.questions, start=1):
        page.goto(taking.address(number))
        check()
        wrong = kind_of(question).drawn_wrong(question, random.Random(1))
        answer_by_click(page, question, wrong)
        expect(page.locator(".tcv-answers")).to_be_visible()  # a script sends it, then comes here
        check()
    page.goto(f"/apprendre/quiz/{taking.attempt.uid}/")
    check()


def test_an_error_in_the_ranks_is_accessible_and_can_be_put_right(
    page_factory: Callable[..., Page],
    login: Callable[..., None],
    axe_check: Callable[[Page], None],
) -> None:
    taking = Taking(quiz_of(MAKERS["ordering"]()))
    question = taking.attempt.questions[0]
    right = posted(question, kind_of(question).right(question))
    page = page_factory(390)
    login(page, User.objects.get())
    page.goto(taking.address(1))
    for name in right:
        page.locator(f"[name='{name}']").select_option("1")
    page.locator("main form[data-answer] button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("Deux étapes ont le même rang")
    axe_check(page)
    for name, rank in right.items():
        expect(page.locator(f"[name='{name}']")).to_have_value("1")
        page.locator(f"[name='{name}']").select_option(str(rank))
    page.locator("main form[data-answer] button[type=submit]").click()
    expect(page.get_by_text("Bonne réponse.", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_analysis_is_accessible(
    width: int,
    page_factory: Callable[..., Page],
    login: Callable[..., None],
    axe_check: Callable[[Page], None],
) -> None:
    from tests.quizzes.test_analysis import ADDRESS, bank, take

    quiz = bank()
    for seed in range(35):
        take(quiz, random.Random(seed))
    question = quiz.items.first().question  # type: ignore[union-attr]
    page = page_factory(width)
    login(page, User.objects.create_superuser("redaction@campagne.test"))
    for address in (ADDRESS, f"{ADDRESS}?quiz={quiz.pk}", f"{ADDRESS}{question.uid}/"):
        page.goto(address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
