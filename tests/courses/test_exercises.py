"""Exercises in a lesson: asked, judged on the server, explained, counted once."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from courses.models import ExerciseResponse, LearningSession, LessonPage
from lrs.xapi.validation import validate_statement
from tests.courses.factories import lessons, list_items, make_module
from tests.courses.samples import TIMELINE, raw
from tests.courses.test_learning import finish, said, start
from users.models import User

pytestmark = pytest.mark.django_db

SORTING = {
    "title": "Trier",
    "instruction": "Que faites-vous ?",
    "items": [
        {"text": "Une clé USB trouvée", "category": "risky", "feedback": "Elle va à la DSI."},
        {"text": "Verrouiller", "category": "safe", "feedback": "Toujours."},
    ],
}


@pytest.fixture
def learner() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("agent@hopital.test", "secret-de-test"))
    return client


@pytest.fixture
def lesson() -> LessonPage:
    block = {"type": "sorting", "value": list_items(SORTING), "id": str(uuid.uuid4())}
    return lessons(make_module(1, extra=[block]))[0]


def block_of(lesson: LessonPage, kind: str = "sorting") -> Any:
    return next(block for block in lesson.body if block.block_type == kind)


def answer(client: Client, lesson: LessonPage, number: int = 1, **chosen: str) -> Any:
    """Answer the sorting exercise: the categories of its items in order."""
    block = block_of(lesson)
    uids = [child.id for child in block.value["items"].bound_blocks]
    data = dict(zip(uids, chosen.values(), strict=False))
    address = f"/apprendre/lecon/{lesson.uid}/exercice/{block.id}/"
    return client.post(address, {"number": number, **data})


def test_an_answer_is_judged_and_explained(learner: Client, lesson: LessonPage) -> None:
    start(learner, lesson.module)
    assert "Elle va à la DSI." not in learner.get(lesson.url).content.decode()
    assert answer(learner, lesson, a="safe", b="safe").url.startswith(lesson.url)
    response = ExerciseResponse.objects.get()
    assert response.scaled == 0.5
    shown = learner.get(lesson.url).content.decode()
    assert "Elle va à la DSI." in shown
    assert "Toujours." in shown


def test_its_statement_is_valid_and_as_the_standard_writes_it(
    learner: Client, lesson: LessonPage
) -> None:
    start(learner, lesson.module)
    answer(learner, lesson, a="risky", b="safe")
    statement = said()[-1]
    assert validate_statement(statement, "2.0.0") == []
    definition = statement["object"]["definition"]
    assert definition["interactionType"] == "matching"
    first, second = (item["id"] for item in definition["source"])
    assert definition["correctResponsesPattern"] == [f"{first}[.]risky[,]{second}[.]safe"]
    assert statement["result"]["response"] == definition["correctResponsesPattern"][0]
    assert statement["result"]["success"] is True


def test_the_same_go_twice_is_counted_once(learner: Client, lesson: LessonPage) -> None:
    start(learner, lesson.module)
    answer(learner, lesson, a="safe", b="safe")
    answer(learner, lesson, a="risky", b="safe")
    assert ExerciseResponse.objects.get().scaled == 0.5
    answer(learner, lesson, number=2, a="risky", b="safe")
    assert [one.scaled for one in ExerciseResponse.objects.order_by("number")] == [0.5, 1.0]


def test_what_is_missing_is_said_and_what_was_entered_stays(
    learner: Client, lesson: LessonPage
) -> None:
    start(learner, lesson.module)
    assert " checked" not in learner.get(lesson.url).text
    refused = answer(learner, lesson, a="risky")
    shown = refused.content.decode()
    assert refused.status_code == 422
    assert "Il reste des situations sans réponse." in shown
    assert shown.count(" checked") == 1
    assert " checked" not in learner.get(lesson.url).text
    assert not ExerciseResponse.objects.exists()


def test_a_lesson_waits_for_its_exercise(learner: Client, lesson: LessonPage) -> None:
    start(learner, lesson.module)
    assert finish(learner, lesson).url.endswith(f"#bloc-{block_of(lesson).id}")
    answer(learner, lesson, a="safe", b="safe")
    finish(learner, lesson)
    assert LearningSession.objects.get().completed_at is not None


def test_a_response_keeps_the_exercise_as_it_was_asked(learner: Client, lesson: LessonPage) -> None:
    start(learner, lesson.module)
    answer(learner, lesson, a="safe", b="safe")
    block = block_of(lesson)
    block.value["items"][0]["feedback"] = "Réécrit."
    lesson.save()
    assert "Elle va à la DSI." in learner.get(lesson.url).content.decode()


@pytest.mark.parametrize("number", ["", "x", "-1", "0", "99", "²"])
def test_a_go_that_is_none_changes_nothing(
    learner: Client, lesson: LessonPage, number: str
) -> None:
    start(learner, lesson.module)
    answer(learner, lesson, number=number, a="safe", b="safe")  # type: ignore[arg-type]
    assert not ExerciseResponse.objects.exists()


def test_another_block_and_another_lesson_are_not_found(
    learner: Client, lesson: LessonPage
) -> None:
    elsewhere = lessons(make_module(1))[0]
    block = block_of(lesson)
    for uid, block_id in ((elsewhere.uid, block.id), (lesson.uid, uuid.uuid4())):
        address = f"/apprendre/lecon/{uid}/exercice/{block_id}/"
        assert learner.post(address, {"number": 1}).status_code == 404


def test_the_actions_stand_in_the_same_order_before_and_after_the_first_answer(
    learner: Client,
) -> None:
    """The first answer begins the session; she must find her ranks where she gave them."""
    block = raw(TIMELINE)
    lesson = lessons(make_module(1, extra=[block], is_open=True))[0]
    asked = re.compile(r'<select class="fr-select"\s+id="[^"]+"\s+name="([^"]+)"')
    before = asked.findall(learner.get(lesson.url).content.decode())
    address = f"/apprendre/lecon/{lesson.uid}/exercice/{block['id']}/"
    refused = learner.post(address, {"number": 1, **dict.fromkeys(before, "2")})
    assert refused.status_code == 422
    assert len(before) == len(TIMELINE.value["moments"])
    assert asked.findall(refused.content.decode()) == before
