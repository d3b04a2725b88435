"""Every kind of exercise over HTTP: asked, answered, explained, stated, posted at with malice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.exercises import EXERCISES
from courses.models import ExerciseResponse, LearningSession, LessonPage
from courses.selectors import ExerciseState, lesson_exercise_states
from lrs.xapi.validation import validate_statement
from starter.content.schema import Block
from tests.content.factories import make_image
from tests.courses.factories import lessons, make_module
from tests.courses.samples import BLOCKS, raw
from tests.courses.test_learning import finish, said, start
from users.models import User

pytestmark = pytest.mark.django_db

Given = dict[str, Any]


@pytest.fixture
def learner() -> Client:
    client = Client()
    client.force_login(User.objects.create_user("agent@hopital.test", "secret-de-test"))
    return client


def lesson_with(*blocks: Block) -> LessonPage:
    image = make_image()
    extra = [
        raw(block, image=image.pk) if block.kind == "hotspot" else raw(block) for block in blocks
    ]
    return lessons(make_module(1, extra=extra))[0]


def states(lesson: LessonPage) -> list[ExerciseState]:
    session = LearningSession.objects.first()
    return list(lesson_exercise_states(lesson=lesson, session=session).values())


def post(client: Client, lesson: LessonPage, state: ExerciseState, **given: Any) -> Any:
    address = f"/apprendre/lecon/{lesson.uid}/exercice/{state.block_id}/"
    return client.post(address, {"number": state.number, **given})


def right(state: ExerciseState) -> list[Given]:
    """What one posts, step by step, to have everything right."""
    content = state.content
    if state.exercise.kind in ("mail", "hotspot"):
        options = state.exercise.options(content)
        return [{"marked": [one["uid"] for one in options if one["is_right"]]}]
    if state.exercise.kind == "sorting":
        return [{item["uid"]: item["category"] for item in content["items"]}]
    if state.exercise.kind == "timeline":
        return [{one["uid"]: rank for rank, one in enumerate(content["moments"], start=1)}]
    if state.exercise.kind == "commitment":
        return [{"promise": [promise["uid"] for promise in content["promises"][:2]]}]
    first, second = content["steps"][:2]
    return [{"step": one["uid"], "way": one["ways"][0]["uid"]} for one in (first, second)]


def do(client: Client, lesson: LessonPage, state: ExerciseState) -> Any:
    for given in right(state):
        response = post(client, lesson, state, **given)
    return response


every_kind = pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)


@every_kind
def test_it_is_asked_without_its_answer_then_explained(learner: Client, block: Block) -> None:
    lesson = lesson_with(block)
    start(learner, lesson.module)
    (state,) = states(lesson)
    told = {"feedback", "why", "conclusion", "consequence"}
    hidden = set(texts_of(state.content, told))
    asked = learner.get(lesson.url).content.decode()
    assert [text for text in hidden if text in asked] == []
    answered = do(learner, lesson, state)
    assert answered.url == f"{lesson.url}#retour-{state.block_id}"
    shown = learner.get(lesson.url).content.decode()
    assert f'id="retour-{state.block_id}"' in shown
    if block.kind != "scenario":  # of which one path is told
        assert [text for text in hidden if text not in shown] == []


def texts_of(content: Any, names: set[str]) -> list[str]:
    if isinstance(content, list):
        return [text for one in content for text in texts_of(one, names)]
    if not isinstance(content, dict):
        return []
    here = [value for name, value in content.items() if name in names and value]
    return here + [text for value in content.values() for text in texts_of(value, names)]


@every_kind
def test_its_statement_is_valid_and_its_right_response_is_a_pattern(
    learner: Client, block: Block
) -> None:
    lesson = lesson_with(block)
    start(learner, lesson.module)
    (state,) = states(lesson)
    do(learner, lesson, state)
    statement = said()[-1]
    assert validate_statement(statement, "2.0.0") == []
    definition, result = statement["object"]["definition"], statement["result"]
    assert definition["interactionType"] == state.exercise.interaction_type
    if block.kind == "commitment":
        assert "correctResponsesPattern" not in definition
        assert result.keys() == {"completion", "response"}
    else:
        assert result["response"] in definition["correctResponsesPattern"]
        assert (result["success"], result["score"]) == (True, {"scaled": 1})


@every_kind
def test_posted_again_it_counts_once(learner: Client, block: Block) -> None:
    lesson = lesson_with(block)
    start(learner, lesson.module)
    (state,) = states(lesson)
    for given in right(state):
        for _ in range(2):
            post(learner, lesson, state, **given)
    before = said()
    do(learner, lesson, state)
    assert said() == before
    assert ExerciseResponse.objects.get().finished_at is not None


@every_kind
def test_what_fits_another_exercise_is_refused_and_nothing_kept(
    learner: Client, block: Block
) -> None:
    lesson, elsewhere = lesson_with(block), lesson_with(block)
    start(learner, lesson.module)
    (state,) = states(lesson)
    (other,) = states(elsewhere)
    strange: list[Given] = [
        *right(other)[:1],
        {name: str(uuid.uuid4()) for name in (*right(state)[0], "marked", "promise", "way")},
        dict.fromkeys(right(state)[0], "\x00' or 1=1 --"),
        {},
    ]
    for given in strange:
        assert post(learner, lesson, state, **given).status_code == 422, given
    assert not ExerciseResponse.objects.exists()
    assert learner.get(lesson.url).status_code == 200


@pytest.mark.parametrize("name", ["marked", "promise", "way", "step"])
@every_kind
def test_ten_thousand_values_are_refused(learner: Client, block: Block, name: str) -> None:
    lesson = lesson_with(block)
    start(learner, lesson.module)
    (state,) = states(lesson)
    many = [str(uuid.uuid4())] * 10_000
    assert post(learner, lesson, state, **{name: many}).status_code in (400, 422)
    assert post(learner, lesson, state, **{name: many[:900]}).status_code == 422
    assert not ExerciseResponse.objects.exists()


@every_kind
def test_only_what_is_required_keeps_the_lesson_from_being_done(
    learner: Client, block: Block
) -> None:
    lesson = lesson_with(block)
    start(learner, lesson.module)
    finish(learner, lesson)
    is_required = EXERCISES[block.kind].is_required
    assert (LearningSession.objects.get().completed_at is None) is is_required


def test_the_lesson_takes_the_same_queries_however_many_exercises(
    learner: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    once, twice = lesson_with(*BLOCKS.values()), lesson_with(*BLOCKS.values(), *BLOCKS.values())
    counts = []
    for lesson in (once, twice):
        start(learner, lesson.module)
        for state in [*lesson_exercise_states(lesson=lesson, session=None).values()][1::2]:
            do(learner, lesson, state)
        learner.get(lesson.url)
        with django_assert_num_queries(40, exact=False) as counted:
            assert learner.get(lesson.url).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_what_was_asked_is_json(db: None) -> None:
    lesson = lesson_with(*BLOCKS.values())
    for state in states(lesson):
        assert json.loads(json.dumps(state.content)) == state.content
