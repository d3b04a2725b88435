"""Exercises in a real browser: by keyboard alone, without JavaScript, on a phone, with axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from courses.models import ExerciseResponse, LessonPage
from starter.assets import picture_ensure
from tests.courses.factories import lessons, make_module
from tests.courses.samples import BLOCKS, raw

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Page = Any
BOX, RADIO, SELECT = "input[type=checkbox]", "input[type=radio]", "select"
# One list a post: a control, its place among its like, the key to press or the rank to choose.
ANSWERS: dict[str, list[list[tuple[str, int, str]]]] = {
    "mail": [[(BOX, 0, "Space"), (BOX, 3, "Space")]],
    "scenario": [
        [(RADIO, 0, "Space")],
        [(RADIO, 0, "ArrowDown")],
        [(RADIO, 0, "Space")],
    ],
    "sorting": [[(RADIO, 0, "Space"), (RADIO, 3, "Space")]],
    "hotspot": [[(BOX, 1, "Space"), (BOX, 4, "Space")]],
    "timeline": [[(SELECT, at, str(at + 1)) for at in range(4)]],
    "commitment": [[(BOX, 0, "Space"), (BOX, 2, "Space")]],
}


@pytest.fixture
def lesson() -> LessonPage:
    return every_exercise()


def every_exercise() -> LessonPage:
    """A lesson with an exercise of each kind, open to all."""
    picture = picture_ensure("ward-desk")
    extra = [
        raw(block, image=picture.pk) if block.kind == "hotspot" else raw(block)
        for block in BLOCKS.values()
    ]
    return lessons(make_module(1, extra=extra, is_open=True))[0]


@pytest.fixture
def page_factory(page_factory: Callable[..., Page]) -> Callable[..., Page]:
    """Forms are posted by the browser itself; for the script see `test_exercise_script`."""

    def opened(*args: Any, **options: Any) -> Page:
        page = page_factory(*args, **options)
        page.route("**/courses/answers.js", lambda route: route.fulfill(body=""))
        return page

    return opened


def exercise(page: Page, kind: str) -> Any:
    return page.locator(f".tcv-exercise--{kind}")


def tab_to(page: Page, control: Any) -> None:
    """Press Tab until the focus stands on `control`; fail if it is passed by."""
    for _press in range(120):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the control is not reached by Tab")


def answer(page: Page, kind: str) -> None:
    """Answer an exercise with the keyboard alone, in reading order."""
    for controls in ANSWERS[kind]:
        page.locator("h1").first.evaluate("e => { e.tabIndex = -1; e.focus(); }")
        for selector, at, key in controls:
            tab_to(page, exercise(page, kind).locator(selector).nth(at))
            page.keyboard.press(key)
        tab_to(page, exercise(page, kind).locator("button[type=submit]"))
        with page.expect_navigation():
            page.keyboard.press("Enter")


def fill(page: Page, kind: str) -> None:
    """Answer an exercise, each control at once."""
    for controls in ANSWERS[kind]:
        for selector, at, key in controls:
            control = exercise(page, kind).locator(selector).nth(at)
            control.select_option(key) if selector == SELECT else control.press(key)
        with page.expect_navigation():
            exercise(page, kind).locator("button[type=submit]").press("Enter")


def focus_is_on_the_feedback(page: Page, kind: str) -> bool:
    """What is new has the focus and stands in the window."""
    return bool(
        exercise(page, kind).evaluate(
            """section => {
              const told = document.activeElement;
              const top = told.getBoundingClientRect().top;
              return section.contains(told) && told.id.startsWith("retour-")
                && top >= 0 && top < innerHeight;
            }"""
        )
    )


@pytest.mark.parametrize("kind", ANSWERS)
def test_it_is_answered_with_the_keyboard_alone(
    lesson: LessonPage, kind: str, page_factory: Callable[..., Page], axe_check: Callable[..., None]
) -> None:
    page = page_factory()
    page.goto(lesson.url)
    answer(page, kind)
    assert focus_is_on_the_feedback(page, kind)
    assert ExerciseResponse.objects.get(finished_at__isnull=False).kind == kind


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_they_are_accessible_and_fit_before_and_after_the_answers(
    lesson: LessonPage,
    width: int,
    page_factory: Callable[..., Page],
    axe_check: Callable[..., None],
) -> None:
    page = page_factory(width)
    page.goto(lesson.url)
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with page.expect_navigation():
        exercise(page, "mail").locator("button[type=submit]").click()
    axe_check(page)  # refused, with what is missing
    for kind in ANSWERS:
        page.goto(lesson.url)
        fill(page, kind)
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_they_are_answered_without_javascript_on_a_phone(
    lesson: LessonPage, page_factory: Callable[..., Page]
) -> None:
    page = page_factory(390, javascript=False)
    for kind in ANSWERS:
        page.goto(lesson.url)
        fill(page, kind)
        expect(page).to_have_url(re.compile("#retour-"))
        expect(exercise(page, kind).locator(".tcv-exercise__told")).to_be_visible()
    assert ExerciseResponse.objects.filter(finished_at__isnull=False).count() == len(ANSWERS)


def test_a_refused_answer_is_told_where_it_was_given_and_keeps_what_was_entered(
    lesson: LessonPage, page_factory: Callable[..., Page]
) -> None:
    page = page_factory(390, javascript=False)
    page.goto(lesson.url)
    timeline = exercise(page, "timeline")
    for at in range(3):
        timeline.locator(SELECT).nth(at).select_option("2")
    with page.expect_navigation():
        timeline.locator("button[type=submit]").press("Enter")
    alert = timeline.get_by_role("alert")
    assert "Il reste des actions sans rang." in alert.inner_text()
    top = alert.evaluate("element => element.getBoundingClientRect().top")
    assert 0 <= top < 900
    assert [select.input_value() for select in timeline.locator(SELECT).all()][:3] == ["2"] * 3


def test_a_mail_hides_no_target_from_anybody(
    lesson: LessonPage, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    page.goto(lesson.url)
    mail = exercise(page, "mail")
    target = "https://messagerie.hopital.example.verif-agents.example/connexion"
    expect(mail.locator("a[href]")).to_have_count(0)
    tip = mail.locator(".tcv-part__tip")
    expect(tip).to_be_hidden()
    mail.get_by_text("https://messagerie.hopital.example", exact=True).hover()
    expect(tip).to_be_visible()
    mail.get_by_text("Où mène ce lien ?").press("Enter")
    told = mail.get_by_text("Il mène à")
    expect(told).to_be_visible()
    assert target in told.inner_text()


def test_an_area_of_a_picture_is_marked_by_a_click_on_it(
    lesson: LessonPage, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    page.goto(lesson.url)
    hotspot = exercise(page, "hotspot")
    picture = hotspot.locator("img")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    x, y = (81, 71)  # the key
    page.mouse.click(box["x"] + box["width"] * x / 100, box["y"] + box["height"] * y / 100)
    assert hotspot.get_by_role("checkbox", name="Une clé USB").is_checked()
