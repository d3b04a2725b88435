"""Videos in a lesson: the browser tells what it played, the server decides what counts."""

from __future__ import annotations

import datetime as dt
import json
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


def tell(client: Client, lesson: LessonPage, *events: dict[str, Any]) -> Any:
    body = json.dumps({"events": list(events)})
    return client.post(address(lesson), body, content_type="application/json")


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
    assert "playback refused: speed" in caplog.text
    assert not VideoWatch.objects.exists()
    assert told() == []


@pytest.mark.parametrize(
    "body", ["", "[", '{"completed": true}', "[" * 100_000, '{"events": 1}', "\xff"]
)
def test_a_forged_body_has_no_effect(learner: Client, lesson: LessonPage, body: str) -> None:
    begun(learner, lesson)
    response = learner.post(address(lesson), body, content_type="application/json")
    assert response.status_code in (400, 413)
    assert told() == []


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
