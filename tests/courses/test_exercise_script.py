"""Exercises with the script that sends their answers, by keyboard alone: in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from courses.models import ExerciseResponse, LessonPage
from tests.courses.test_answers_browser import STORED
from tests.courses.test_exercise_screens import (
    ANSWERS,
    BOX,
    RADIO,
    SELECT,
    every_exercise,
    exercise,
    tab_to,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Keys = list[tuple[str, int, str]]
# What is not enough, or too much, for an answer; nothing where one entry is one already.
REFUSED: dict[str, Keys] = {
    "mail": [],
    "scenario": [],
    "sorting": [(RADIO, 0, "Space")],
    "hotspot": [],
    "timeline": [(SELECT, at, "2") for at in range(3)],
    "commitment": [(BOX, at, "Space") for at in range(4)],
}
every_kind = pytest.mark.parametrize("kind", ANSWERS)


@pytest.fixture
def lesson() -> LessonPage:
    return every_exercise()


@pytest.fixture
def page(page_factory: Callable[..., Page], lesson: LessonPage) -> Page:
    page = page_factory(390)
    page.goto(lesson.url)
    return page


def send(page: Page, kind: str, keys: Keys) -> None:
    """Enter these, go on to the button, press it. The page that stood there is marked."""
    page.locator("html").evaluate("html => html.dataset.before = '1'")
    page.locator("h1").first.evaluate("e => { e.tabIndex = -1; e.focus(); }")
    for selector, at, key in keys:
        tab_to(page, exercise(page, kind).locator(selector).nth(at))
        page.keyboard.press(key)
    tab_to(page, exercise(page, kind).locator("button[type=submit]"))
    page.keyboard.press("Enter")


def comes_back(page: Page, kind: str, place: str) -> None:
    """Another page, with the focus on what is new in this exercise and its beginning in sight."""
    expect(page.locator("html[data-before]")).to_have_count(0)
    told = exercise(page, kind).locator(f"[id^={place}-]")
    expect(told).to_be_focused()
    page.wait_for_load_state("load")
    assert 0 <= told.evaluate("element => element.getBoundingClientRect().top") < 200


def entered(page: Page, kind: str) -> list[Any]:
    controls = exercise(page, kind).locator(f"{BOX}, {RADIO}, {SELECT}")
    return list(
        controls.evaluate_all("all => all.map((e) => e.matches('select') ? e.value : e.checked)")
    )


@every_kind
def test_an_answer_brings_its_feedback_and_the_focus_to_it(page: Page, kind: str) -> None:
    """A scenario goes on so from step to step, and keeps the path in sight."""
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    stored = page.evaluate(STORED)
    for step, keys in enumerate(ANSWERS[kind], start=1):
        send(page, kind, keys)
        comes_back(page, kind, "retour")
        assert len(posts) == step
    expect(exercise(page, kind).locator("form")).to_have_count(0)
    response = ExerciseResponse.objects.get()
    assert (response.kind, response.finished_at is None) == (kind, False)
    assert page.evaluate(STORED) == stored


@every_kind
def test_a_refused_answer_is_told_beside_the_form_and_stays_in_it(
    page: Page, kind: str, axe_check: Callable[[Any], None]
) -> None:
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        send(page, kind, REFUSED[kind])
    assert answered.value.status == 422
    comes_back(page, kind, "refus")
    expect(page).to_have_url(re.compile("#refus-"))
    alert = exercise(page, kind).get_by_role("alert")
    expect(alert).to_be_focused()
    expect(page.get_by_role("alert")).to_have_count(1)
    values = entered(page, kind)
    assert len([one for one in values if one not in (False, "")]) == len(REFUSED[kind])
    axe_check(page)
    assert not ExerciseResponse.objects.exists()
    # What is missing is entered now, and the answer counts.
    if kind == "sorting":
        send(page, kind, [(RADIO, 3, "Space")])
        comes_back(page, kind, "retour")
        assert ExerciseResponse.objects.get().finished_at is not None


@every_kind
def test_without_a_connection_an_answer_waits_in_the_page_alone(page: Page, kind: str) -> None:
    """Whichever of its answers it is: a scenario's last decision, with the path to it."""
    *before, last = ANSWERS[kind]
    for keys in before:
        send(page, kind, keys)
        comes_back(page, kind, "retour")
    stored = page.evaluate(STORED)
    page.context.set_offline(True)
    send(page, kind, last)
    told = exercise(page, kind).get_by_role("status")
    expect(told).to_contain_text("Pas de connexion")
    expect(told).to_be_in_viewport()
    assert any(entered(page, kind))
    assert not ExerciseResponse.objects.filter(finished_at__isnull=False).exists()
    assert page.evaluate(STORED) == stored
    page.context.set_offline(False)
    comes_back(page, kind, "retour")
    assert ExerciseResponse.objects.get().finished_at is not None
    assert page.evaluate(STORED) == stored
