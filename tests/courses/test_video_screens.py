"""A lesson's video in a real browser: chapters, speed, transcript, and what is recorded of it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage, VideoWatch
from tests.campaign_assets.factories import VideoFactory
from tests.courses.factories import lessons, make_module
from users.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHAPTERS = "0:00 Le poste ouvert\n0:07 Le geste\n0:14 Ce qui change"


@pytest.fixture
def lesson(starter_site: None) -> LessonPage:
    video = VideoFactory(title="Je verrouille, je pars", chapters=CHAPTERS)
    block = {
        "type": "video",
        "value": {"video": video.pk, "is_required": True},
        "id": str(uuid.uuid4()),
    }
    return lessons(make_module(1, extra=[block]))[0]


@pytest.fixture
def nurse() -> User:
    return User.objects.create_user("agent@hopital.test", first_name="Nadia")


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_a_video_is_accessible_and_fits(
    lesson: LessonPage,
    nurse: User,
    width: int,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
    axe_check: Callable[[Any], None],
) -> None:
    page = page_factory(width)
    login(page, nurse)
    page.goto(lesson.url)
    axe_check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    tracks = page.evaluate("[...document.querySelector('video').textTracks].map((t) => t.mode)")
    assert tracks == ["showing"], "captions are on"


def test_a_video_is_watched_with_the_keyboard_and_counts(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory()
    login(page, nurse)
    page.goto(lesson.url)
    page.get_by_label("Vitesse").select_option("2")
    page.get_by_role("button", name="Le poste ouvert").press("Enter")
    expect(page.get_by_role("button", name="Ce qui change")).to_have_attribute(
        "aria-current", "true", timeout=20_000
    )
    expect(page.locator("[data-video-state]")).to_have_text("Vidéo vue.", timeout=20_000)
    watch = VideoWatch.objects.get()
    assert watch.completed_at is not None
    assert watch.segments[0][0] < 1
    page.reload()
    page.get_by_role("button", name="Terminer le module").click()
    expect(page.get_by_text("Module validé")).to_be_visible()


def test_a_jump_to_the_end_does_not_count_as_seen(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory()
    login(page, nurse)
    page.goto(lesson.url)
    with page.expect_response("**/video/**"):
        page.get_by_role("button", name="Ce qui change").click()
    with page.expect_response("**/video/**"):
        page.evaluate("document.querySelector('video').pause()")
    expect(page.locator("[data-video-state]")).to_contain_text("Vous avez vu")
    assert VideoWatch.objects.get().completed_at is None


def test_without_scripts_the_transcript_is_read_instead(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory(390, javascript=False)
    login(page, nurse)
    page.goto(lesson.url)
    expect(page.get_by_text("Ce qu’elle montre.")).to_be_visible()
    page.get_by_role("button", name="J’ai lu la transcription").click()
    expect(page.get_by_text("Transcription lue.")).to_be_visible()
    page.get_by_role("button", name="Terminer le module").click()
    expect(page.get_by_text("Module validé")).to_be_visible()


def test_what_was_played_offline_is_told_once_the_line_is_back(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory()
    login(page, nurse)
    page.goto(lesson.url)
    video = "document.querySelector('video')"
    page.evaluate(f"{video}.preload = 'auto'")
    page.wait_for_function(f"{video}.readyState === 4")
    page.context.set_offline(True)
    page.evaluate(f"{video}.play()")
    page.wait_for_timeout(1500)
    page.evaluate(f"{video}.pause()")
    assert not VideoWatch.objects.exists()
    with page.expect_response("**/video/**"):
        page.context.set_offline(False)
    expect(page.locator("[data-video-state]")).to_contain_text("Vous avez vu")
    assert VideoWatch.objects.get().segments
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert kept == ["scheme"], "the theme, and nothing of the learner"


STATE = "[data-video-state]"


def play_a_little(page: Any) -> None:
    """Play and pause; what was played is told at once."""
    video = "document.querySelector('video')"
    page.evaluate(f"{video}.play()")
    page.wait_for_timeout(1500)
    page.evaluate(f"{video}.pause()")


def test_what_one_played_is_not_told_of_the_next_who_signs_in(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory(390)
    login(page, nurse)
    page.goto(lesson.url)
    login(page, User.objects.create_user("collegue@hopital.test"))  # in another tab
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    play_a_little(page)
    expect(page.locator(STATE)).to_contain_text("Quelqu’un d’autre est connecté")
    page.wait_for_timeout(1500)  # what was on its way when the first answer came
    count = len(posts)
    play_a_little(page)
    page.wait_for_timeout(1500)
    assert len(posts) == count, "the page is told no more"
    assert not VideoWatch.objects.exists()


def test_what_meets_no_session_waits_for_the_sign_in(
    lesson: LessonPage,
    nurse: User,
    page_factory: Callable[..., Any],
    login: Callable[..., None],
) -> None:
    page = page_factory(390)
    login(page, nurse)
    page.goto(lesson.url)
    page.context.clear_cookies(name="sessionid")
    play_a_little(page)
    expect(page.locator(STATE)).to_contain_text("Connectez-vous pour que la vidéo compte.")
    assert not VideoWatch.objects.exists()
    login(page, nurse)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(STATE)).to_contain_text("Vous avez vu")
    watch = VideoWatch.objects.get()
    assert watch.session.person == nurse.person
    assert watch.segments
