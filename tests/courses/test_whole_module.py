"""A whole module over HTTP, and all that the store then holds of it: judged by the project's own
validation, by another library, and for what only the two ends of the way can tell."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import uuid
from collections import defaultdict
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import LearningSession, LessonPage, ModulePage
from courses.selectors import lesson_exercise_states
from lrs.identifiers import ANONYMOUS_NAME, activity_iri, home_page
from lrs.selectors import StatementFilter, statements_page
from lrs.xapi.validation import validate_statement
from lrs.xapi.vocabulary import activity_types, cmi5, video
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from tests.campaign_assets.factories import VideoFactory
from tests.content.factories import make_image
from tests.courses.factories import lessons, make_module, quiz_block_id
from tests.courses.samples import BLOCKS, raw
from tests.courses.test_exercise_kinds import do
from tests.courses.test_learning import finish, start
from tests.courses.test_quiz import posted, quiz_of_all
from tests.courses.test_videos import PLAYED, paused
from tests.organisation.factories import AccountFactory
from tests.support.ralph import ralph_models
from training.models import Completion
from users.models import User

pytestmark = pytest.mark.django_db

LENGTH = 61.204  # seconds of the video
WAITS = (4.25, 0.5, 12, 61.204, 125.999)
"""Seconds that she looks at each question of the quiz."""
WRITTEN = ["PT4.25S", "PT0.50S", "PT12S", "PT61.20S", "PT125.99S"]
"""The same as ISO 8601 has them, to the hundredth that is over (Part Two 4.6)."""


class Clock:
    """The time of the server, which passes when a learner takes hers."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 5, 4, 3, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def wait(self, seconds: float = 5) -> None:
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


def make_everything() -> ModulePage:
    """A published module with all that a lesson can ask: to read, do, watch, read instead, know."""
    module = make_module(4, quiz=quiz_of_all(), is_open=True)
    _text, doing, watching, _quiz = lessons(module)
    picture = make_image().pk
    doing.body = [
        raw(block, image=picture) if kind == "hotspot" else raw(block)
        for kind, block in BLOCKS.items()
    ]
    watching.body = [
        {
            "type": "video",
            "value": {"video": VideoFactory(title=title, duration=LENGTH).pk, "is_required": True},
            "id": str(uuid.uuid4()),
        }
        for title in ("À regarder", "À lire")
    ]
    for page in (module, doing, watching):
        page.save_revision().publish()
    return ModulePage.objects.get(pk=module.pk)


class Walk:
    """A learner goes through such a module by the requests of her browser."""

    def __init__(self, client: Client, module: ModulePage, clock: Clock) -> None:
        self.client, self.module, self.clock = client, module, clock

    def whole(self) -> LearningSession:
        text, doing, watching, quiz = lessons(self.module)
        self.clock.wait()
        start(self.client, self.module)
        self.finished(text)
        self.exercises(doing)
        self.finished(doing)
        self.videos(watching)
        self.finished(watching)
        self.quiz(quiz, is_right=False)
        self.quiz(quiz, is_right=True)
        return LearningSession.objects.latest("pk")

    def finished(self, lesson: LessonPage) -> None:
        self.clock.wait()
        assert "#bloc-" not in finish(self.client, lesson).url

    def exercises(self, lesson: LessonPage) -> None:
        for state in lesson_exercise_states(lesson=lesson, session=None).values():
            self.clock.wait()
            assert "#retour-" in do(self.client, lesson, state).url

    def videos(self, lesson: LessonPage) -> None:
        """The first is played to its end, a part of it twice; of the second the text is read."""
        watched, read = (f"/apprendre/lecon/{lesson.uid}/video/{one.id}/" for one in lesson.body)
        seeked = {"key": "p:3", "kind": "seeked", "time": 20, "from": 30.5}
        again = {"key": "p:4", "kind": "played", "time": 20}
        end = paused("p:5", [0, 30.5], [20, LENGTH])
        for seconds, event in (
            (0, PLAYED),
            (30.5, paused("p:2", [0, 30.5])),
            (1, seeked),
            (1, again),
            (41.204, end),
        ):
            self.clock.wait(seconds)
            body = json.dumps({"events": [event]})
            told = self.client.post(watched, body, content_type="application/json")
            assert told.json()["is_done"] is (event is end)
        self.clock.wait()
        self.client.post(f"{read}lue/")

    def quiz(self, lesson: LessonPage, *, is_right: bool) -> None:
        self.clock.wait()
        self.client.post(f"/apprendre/lecon/{lesson.uid}/quiz/{quiz_block_id(lesson)}/")
        attempt = Attempt.objects.get(finished_at=None)
        for number, (question, seconds) in enumerate(
            zip(attempt.questions, WAITS, strict=True), start=1
        ):
            kind = kind_of(question)
            wrong = kind.drawn_wrong(question, random.Random(number))
            address = f"/apprendre/quiz/{attempt.uid}/question/{number}/"
            self.client.get(address)
            self.clock.wait(seconds)
            response = kind.right(question) if is_right else wrong
            assert self.client.post(address, posted(question, response)).url == address


@pytest.fixture
def nurse() -> User:
    user: User = AccountFactory(email="nadia@hopital.test", first_name="Nadia")
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def kept() -> list[dict[str, Any]]:
    """Every statement that the store holds, whatever it says, in the order it was stored."""
    page = statements_page(wanted=StatementFilter(ascending=True, is_voided=None))
    assert page.next is None
    return [json.loads(one.payload) for one in page.statements]


def verb_of(statement: dict[str, Any]) -> str:
    return str(statement["verb"]["id"].rsplit("/", 1)[1])


def around(statement: dict[str, Any]) -> list[str]:
    """The ids of the activities that its activity is in, the nearest first."""
    activities = statement["context"].get("contextActivities", {})
    return [one["id"] for name in ("parent", "grouping") for one in activities.get(name, [])]


@pytest.fixture
def walked(nurse: User, clock: Clock) -> LearningSession:
    return Walk(signed_in(nurse), make_everything(), clock).whole()


def test_two_libraries_find_every_statement_valid(nurse: User, clock: Clock) -> None:
    """Of somebody who is known, and of a visitor who has it counted afterwards."""
    module = make_everything()
    Walk(signed_in(nurse), module, clock).whole()
    browser = Client()
    visit = Walk(browser, module, clock).whole()
    colleague = AccountFactory()
    browser.force_login(colleague)
    clock.wait()
    browser.post(f"/apprendre/visite/{visit.uid}/compter/")
    assert Completion.objects.count() == 2
    statements = kept()
    assert len(statements) == 2 * len(EXPECTED) + 1
    for statement in statements:
        older = {name: part for name, part in statement.items() if name != "version"}
        assert validate_statement(statement, "2.0.0") == []
        assert validate_statement(older, "1.0.3") == []
    models = ralph_models(statements)
    profile = {name: models.count(name) for name in set(models) - {"BaseXapiStatement"}}
    assert profile == {
        "VideoInitialized": 4,
        "VideoPlayed": 4,
        "VideoPaused": 4,
        "VideoSeeked": 2,
        "VideoCompleted": 2,
    }


EXPECTED = [
    *("initialized", "initialized"),  # the module, its first lesson
    *("completed", "progressed", "initialized"),
    *["answered"] * len(BLOCKS),
    *("completed", "progressed", "initialized"),
    *("initialized", "played", "paused", "seeked", "played", "paused", "completed"),
    *("initialized", "experienced"),
    *("completed", "progressed", "initialized"),
    *(["answered"] * 5 + ["failed"]),
    *(["answered"] * 5 + ["passed"]),
    *("completed", "progressed", "completed"),
]


def test_they_are_stored_in_the_order_in_which_things_happened(walked: LearningSession) -> None:
    statements = kept()
    assert [verb_of(one) for one in statements] == EXPECTED
    times = [dt.datetime.fromisoformat(one["timestamp"]) for one in statements]
    assert times == sorted(times)
    assert [times[0], times[-1]] == [walked.started_at, walked.completed_at]
    progress = [one["result"]["extensions"] for one in statements if verb_of(one) == "progressed"]
    assert [one[cmi5.RESULT_PROGRESS] for one in progress] == [25, 50, 75, 100]


def test_they_are_all_of_one_person_one_session_and_one_revision(
    walked: LearningSession, nurse: User
) -> None:
    statements = kept()
    assert {one["actor"]["account"]["name"] for one in statements} == {str(nurse.person.uid)}
    assert {one["actor"]["account"]["homePage"] for one in statements} == {home_page()}
    assert {one["context"]["registration"] for one in statements} == {str(walked.uid)}
    assert {one["context"]["revision"] for one in statements} == {walked.revision}
    assert len({one["id"] for one in statements}) == len(EXPECTED)
    assert nurse.email not in json.dumps(statements)
    assert "Nadia" not in json.dumps(statements)


def test_an_activity_is_named_and_placed_the_same_in_all(walked: LearningSession) -> None:
    """One definition for an id, and around it the same activities, each of which has its own."""
    definitions, places = defaultdict(list), defaultdict(list)
    for statement in kept():
        activity = statement["object"]
        definitions[activity["id"]].append(activity["definition"])
        places[activity["id"]].append(around(statement))
    for iri in definitions:
        assert iri.startswith(f"{home_page()}/activities/")
        assert all(one == definitions[iri][0] for one in definitions[iri]), iri
        assert all(one == places[iri][0] for one in places[iri]), iri
        for nearest, further in itertools.pairwise([iri, *places[iri][0]]):
            assert places[nearest][0] == places[iri][0][places[iri][0].index(further) :]
    types = [definition[0]["type"] for definition in definitions.values()]
    assert {one: types.count(one) for one in types} == {
        activity_types.MODULE: 1,
        activity_types.LESSON: 4,
        activity_types.INTERACTION: len(BLOCKS) + 5,
        video.ACTIVITY_TYPE: 2,
        activity_types.ASSESSMENT: 1,
    }
    module = activity_iri("module", walked.trainable.uid)
    assert [iri for iri, place in places.items() if place[0] == []] == [module]
    assert all(place[0][-1] == module for iri, place in places.items() if iri != module)


def test_durations_are_what_the_clock_said(walked: LearningSession) -> None:
    said = [one["result"]["duration"] for one in kept() if "duration" in one.get("result", {})]
    assert said == ["PT61.20S", *WRITTEN, *WRITTEN]


def test_the_outcome_is_that_of_the_server(walked: LearningSession) -> None:
    by_verb = defaultdict(list)
    for statement in kept():
        by_verb[verb_of(statement)].append(statement.get("result", {}))
    (failed,), (passed,) = by_verb["failed"], by_verb["passed"]
    assert (failed["success"], passed["success"]) == (False, True)
    assert failed["score"] == {"scaled": failed["score"]["raw"] / 5, **failed["score"]}
    assert passed["score"] == {"scaled": 1, "raw": 5, "min": 0, "max": 5}
    assert by_verb["completed"][-1] == {
        "completion": True,
        "success": True,
        "score": {"scaled": 1},
    }
    completion = Completion.objects.get()
    assert (completion.completed_at, completion.score_scaled) == (walked.completed_at, 1)
    assert str(completion.statement_id) == kept()[-1]["id"]


def test_a_visitor_is_nobody_until_she_says_who_she_is(nurse: User, clock: Clock) -> None:
    browser = Client()
    visit = Walk(browser, make_everything(), clock).whole()
    browser.force_login(nurse)
    clock.wait()
    browser.post(f"/apprendre/visite/{visit.uid}/compter/")
    *before, claimed = kept()
    assert [verb_of(one) for one in before] == EXPECTED
    assert {one["actor"]["account"]["name"] for one in before} == {ANONYMOUS_NAME}
    assert claimed["actor"]["account"]["name"] == str(nurse.person.uid)
    same = ("object", "context", "result", "timestamp", "verb")
    assert {name: claimed[name] for name in same} == {name: before[-1][name] for name in same}
