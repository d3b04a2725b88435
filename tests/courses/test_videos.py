"""Videos in a lesson: the browser tells what it played, the server decides what counts."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import LearningSession, LessonPage, LessonProgress, VideoEvent, VideoWatch
from lrs.selectors import statements_for_projection
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import verbs, video
from tests.campaign_assets.factories import VideoFactory
from tests.courses.factories import lessons, make_module
from tests.courses.test_learning import finish, start
from tests.organisation.factories import AccountFactory
from users.models import User

pytestmark = pytest.mark.django_db

VERBS = frozenset(
    {verbs.INITIALIZED, verbs.COMPLETED, verbs.EXPERIENCED}
    | {video.PLAYED, video.PAUSED, video.SEEKED}
)
VIDEO_KEYS = {video.CONTEXT_SESSION_ID, video.CONTEXT_LENGTH}


@pytest.fixture
def learner() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("agent@hopital.test", "secret-de-test"))
    return client


@pytest.fixture
def nurse() -> User:
    user: User = AccountFactory()
    return user


@pytest.fixture
def lesson() -> LessonPage:
    return make_lesson()


def make_lesson(*, is_required: bool = True, duration: float = 20.0, **fields: Any) -> LessonPage:
    value = {"video": VideoFactory(duration=duration).pk, "is_required": is_required}
    block = {"type": "video", "value": value, "id": str(uuid.uuid4())}
    return lessons(make_module(1, extra=[block], **fields))[0]


def address(lesson: LessonPage, what: str = "") -> str:
    block = next(block for block in lesson.body if block.block_type == "video")
    return f"/apprendre/lecon/{lesson.uid}/video/{block.id}/{what}"


def begun(client: Client, lesson: LessonPage, seconds_ago: int = 60) -> None:
    """The learner opened the lesson that long ago."""
    start(client, lesson.module)
    then = timezone.now() - dt.timedelta(seconds=seconds_ago)
    LessonProgress.objects.update(started_at=then)


def tell(client: Client, lesson: LessonPage, *events: dict[str, Any], **options: Any) -> Any:
    body = json.dumps({"events": list(events)})
    return client.post(address(lesson), body, content_type="application/json", **options)


def paused(key: str, *segments: list[float]) -> dict[str, Any]:
    return {"key": key, "kind": "paused", "time": segments[-1][1], "segments": segments}


PLAYED = {"key": "p:1", "kind": "played", "time": 0, "segments": []}


def told() -> list[dict[str, Any]]:
    """The statements of the video profile."""
    batches = statements_for_projection(verbs=VERBS)
    payloads = [statement.payload for batch in batches for statement in batch]
    return [one for one in payloads if one["context"].get("extensions", {}).keys() >= VIDEO_KEYS]


def test_what_is_played_is_recorded_and_completes_on_the_server(
    learner: Client, lesson: LessonPage
) -> None:
    begun(learner, lesson)
    first = tell(learner, lesson, PLAYED, paused("p:2", [0, 10]))
    assert first.json() == {
        "text": "Vous avez vu 50\N{NO-BREAK SPACE}% de la vidéo.",
        "is_done": False,
    }
    VideoWatch.objects.update(heard_at=timezone.now() - dt.timedelta(seconds=10))
    last = tell(learner, lesson, paused("p:3", [0, 10], [9, 18.5]))
    assert last.json() == {"text": "Vidéo vue.", "is_done": True}
    assert [one["verb"]["id"].rsplit("/", 1)[1] for one in told()] == [
        "initialized",
        "played",
        "paused",
        "paused",
        "completed",
    ]
    completed = told()[-1]
    assert completed["result"]["completion"] is True
    extensions = completed["result"]["extensions"]
    assert extensions[video.RESULT_PLAYED_SEGMENTS] == "0[.]18.5"
    assert extensions[video.RESULT_PROGRESS] == 0.925
    assert completed["context"]["contextActivities"]["category"] == [{"id": video.CATEGORY}]


def test_every_statement_is_valid(learner: Client, lesson: LessonPage) -> None:
    begun(learner, lesson)
    seeked = {"key": "p:3", "kind": "seeked", "time": 5, "from": 10, "segments": [[0, 10]]}
    tell(learner, lesson, PLAYED, paused("p:2", [0, 10]), seeked, paused("p:4", [0, 10], [5, 20]))
    learner.post(address(lesson, "lue/"))
    statements = told()
    assert len(statements) == 7
    for statement in statements:
        assert validate_statement(statement, "2.0.0") == []
    jump = next(one for one in statements if one["verb"]["id"] == video.SEEKED)
    assert jump["result"]["extensions"] == {video.RESULT_TIME_FROM: 10, video.RESULT_TIME_TO: 5}


def test_an_event_that_is_sent_twice_is_kept_once(learner: Client, lesson: LessonPage) -> None:
    begun(learner, lesson)
    for _ in range(2):
        tell(learner, lesson, PLAYED, paused("p:2", [0, 5]))
    assert VideoEvent.objects.count() == 2
    assert len(told()) == 3


def test_what_nobody_can_have_played_counts_for_nothing(
    learner: Client, lesson: LessonPage, caplog: pytest.LogCaptureFixture
) -> None:
    begun(learner, lesson, seconds_ago=2)
    assert tell(learner, lesson, PLAYED, paused("p:2", [0, 20])).status_code == 400
    assert "playback refused" in caplog.text
    assert "why=speed" in caplog.text
    assert not VideoWatch.objects.exists()
    assert told() == []


@pytest.mark.parametrize(
    "body", ["", "[", '{"completed": true}', "[" * 100_000, '{"events": 1}', "\xff"]
)
def test_a_forged_body_has_no_effect(
    learner: Client, lesson: LessonPage, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    begun(learner, lesson)
    response = learner.post(address(lesson), body, content_type="application/json")
    assert response.status_code in (400, 413)
    assert told() == []
    assert ("playback refused" in caplog.text) is (response.status_code == 400)


def test_a_body_that_says_how_it_ended_is_not_believed_and_noted(
    learner: Client, lesson: LessonPage, nurse: User, caplog: pytest.LogCaptureFixture
) -> None:
    begun(learner, lesson)
    said = {"completed": True, "success": True, "actor": nurse.email, "duration": 20, "jeton": 1}
    body = json.dumps({"events": [PLAYED, paused("p:2", [0, 3])], **said})
    answer = learner.post(address(lesson), body, content_type="application/json")
    assert answer.json()["is_done"] is False
    assert VideoWatch.objects.get().completed_at is None
    assert LearningSession.objects.get().person.user.email == "agent@hopital.test"
    assert "fields=actor,completed,success others=2" in caplog.text
    assert nurse.email not in caplog.text


def test_a_lesson_waits_for_its_required_video(learner: Client, lesson: LessonPage) -> None:
    begun(learner, lesson)
    assert "#bloc-" in finish(learner, lesson).url
    tell(learner, lesson, PLAYED, paused("p:2", [0, 19]))
    finish(learner, lesson)
    assert LearningSession.objects.get().completed_at is not None


def test_reading_the_transcript_is_enough_where_there_is_no_sound(
    learner: Client, lesson: LessonPage
) -> None:
    begun(learner, lesson)
    for _ in range(2):
        learner.post(address(lesson, "lue/"))
    assert "Transcription lue." in learner.get(lesson.url).content.decode()
    assert [one["verb"]["id"] for one in told()][1:] == [verbs.EXPERIENCED]
    finish(learner, lesson)
    assert LearningSession.objects.get().completed_at is not None


def test_a_video_that_is_not_required_holds_nobody_up(learner: Client) -> None:
    lesson = make_lesson(is_required=False)
    start(learner, lesson.module)
    finish(learner, lesson)
    assert LearningSession.objects.get().completed_at is not None


def test_without_a_sign_in_a_closed_module_records_nothing(lesson: LessonPage) -> None:
    assert tell(Client(), lesson, PLAYED).status_code == 401
    assert not LearningSession.objects.exists()


def test_another_block_is_not_found(learner: Client, lesson: LessonPage) -> None:
    other = f"/apprendre/lecon/{lesson.uid}/video/{uuid.uuid4()}/"
    assert learner.post(other, "{}", content_type="application/json").status_code == 404


# Whom the page was made for ----------------------------------------------------------------------


def made_for(client: Client, lesson: LessonPage) -> dict[str, str]:
    """What the script of this page says of whom it was made for."""
    page = client.get(lesson.url).content.decode()
    (name,) = re.findall(r'data-record-for="([^"]*)"', page)
    return {"X-Made-For": name}


def test_her_own_page_counts_from_her_first_step_on(lesson: LessonPage) -> None:
    """An account without a person has one after the first post; its page stays hers."""
    client = Client()
    client.force_login(User.objects.create_user("nouvelle@hopital.test"))
    headers = made_for(client, lesson)
    assert tell(client, lesson, PLAYED, headers=headers).status_code == 200
    assert headers != made_for(client, lesson)
    assert tell(client, lesson, paused("p:2", [0, 3]), headers=headers).status_code == 200
    assert VideoWatch.objects.get().segments == [[0, 3]]


@pytest.mark.parametrize("has_person", [True, False])
def test_what_was_played_under_one_name_counts_for_no_other(
    lesson: LessonPage, has_person: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A shared computer: she leaves the tab open, somebody signs in in another."""
    browser = Client()
    nurse, colleague = AccountFactory(), AccountFactory()
    browser.force_login(nurse)
    if has_person:
        begun(browser, lesson)
    headers = made_for(browser, lesson)
    browser.force_login(colleague)
    with caplog.at_level(logging.WARNING, "courses.forgery"):
        refused = tell(browser, lesson, PLAYED, paused("p:2", [0, 3]), headers=headers)
    assert refused.status_code == 409
    assert "Quelqu’un d’autre est connecté" in refused.json()["text"]
    assert not VideoWatch.objects.exists()
    assert told() == []
    assert "page of another learner" in caplog.text
    assert "endpoint=video_played" in caplog.text
    assert nurse.email not in caplog.text


def test_what_a_visitor_played_is_not_for_who_signs_in_afterwards(nurse: User) -> None:
    lesson = make_lesson(is_open=True)
    browser = Client()
    headers = made_for(browser, lesson)
    assert headers == {"X-Made-For": ""}
    assert tell(browser, lesson, PLAYED, headers=headers).status_code == 200
    browser.force_login(nurse)
    assert tell(browser, lesson, paused("p:2", [0, 3]), headers=headers).status_code == 409
    assert VideoWatch.objects.get().session.person is None
    assert VideoWatch.objects.get().segments == []


def test_on_an_open_module_what_she_played_does_not_become_a_visitors(nurse: User) -> None:
    lesson = make_lesson(is_open=True)
    browser = Client()
    browser.force_login(nurse)
    headers = made_for(browser, lesson)
    browser.logout()
    assert tell(browser, lesson, PLAYED, headers=headers).status_code == 401
    assert not LearningSession.objects.exists()


def test_a_transcript_that_another_read_counts_for_neither(
    learner: Client, lesson: LessonPage, nurse: User
) -> None:
    start(learner, lesson.module)
    page = learner.get(lesson.url).content.decode()
    form = page[page.index(address(lesson, "lue/")) :]
    (name,) = re.findall(r'name="learner" value="([^"]+)"', form[: form.index("</form>")])
    learner.force_login(nurse)
    assert learner.post(address(lesson, "lue/"), {"learner": name}).status_code == 409
    assert not VideoWatch.objects.exists()
