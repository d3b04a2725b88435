"""Every kind of exercise over HTTP: asked, answered, explained, stated, posted at with malice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from content.models import SiteImage
from courses.exercises import EXERCISES
from courses.models import ExerciseResponse, LearningSession, LessonPage
from courses.selectors import ExerciseState, lesson_exercise_states
from lrs.xapi.validation import validate_statement
from starter.content.schema import Block
from tests.content.factories import make_image
from tests.courses.factories import lessons, make_module
from tests.courses.samples import BLOCKS, frozen, raw
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
    """As the browser sends a form without files."""
    address = f"/apprendre/lecon/{lesson.uid}/exercice/{state.block_id}/"
    body = urlencode({"number": state.number, **given}, doseq=True)
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


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
        learner.get(lesson.url)  # the first one makes the row of the site's settings
        with django_assert_num_queries(40, exact=False) as counted:
            assert learner.get(lesson.url).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_what_was_asked_is_json(db: None) -> None:
    lesson = lesson_with(*BLOCKS.values())
    for state in states(lesson):
        assert json.loads(json.dumps(state.content)) == state.content


# A scenario, of several steps ------------------------------------------------------------------


@pytest.fixture
def scenario_lesson(learner: Client) -> LessonPage:
    lesson = lesson_with(BLOCKS["scenario"])
    start(learner, lesson.module)
    return lesson


def decide(client: Client, lesson: LessonPage, step: int, way: int, number: int = 1) -> Any:
    (state,) = lesson_exercise_states(lesson=lesson, session=None).values()
    asked = state.content["steps"][step]
    given = {"number": number, "step": asked["uid"], "way": asked["ways"][way]["uid"]}
    return post(client, lesson, state, **given)


def path() -> list[list[str]]:
    response: list[list[str]] = ExerciseResponse.objects.order_by("-number")[0].response
    return response


def test_a_step_posted_twice_or_from_an_old_tab_changes_nothing(
    learner: Client, scenario_lesson: LessonPage
) -> None:
    decide(learner, scenario_lesson, 0, 0)
    before = path()
    decide(learner, scenario_lesson, 0, 0)  # a double click
    decide(learner, scenario_lesson, 0, 1)  # another decision in a tab that shows the first step
    decide(learner, scenario_lesson, 2, 0)  # a step that this path has not come to
    assert path() == before
    assert len(before) == 1
    decide(learner, scenario_lesson, 1, 1)
    decide(learner, scenario_lesson, 2, 0)
    ended = path()
    for step in range(3):
        decide(learner, scenario_lesson, step, 1)
    assert path() == ended
    assert ExerciseResponse.objects.get().scaled == 0.5


def test_the_path_so_far_is_told_and_the_place_is_what_followed(
    learner: Client, scenario_lesson: LessonPage
) -> None:
    answered = decide(learner, scenario_lesson, 0, 0)
    assert "#retour-" in answered.url
    shown = learner.get(scenario_lesson.url).content.decode()
    assert "Le poste n’envoie plus rien." in shown
    assert "Qui prévenez-vous" in shown
    assert "Deux écrans sur trois" not in shown


def test_another_path_is_taken_without_losing_the_first(
    learner: Client, scenario_lesson: LessonPage
) -> None:
    for step in (0, 1):
        decide(learner, scenario_lesson, step, 0)
    assert "La nuit a tenu" in learner.get(scenario_lesson.url).content.decode()
    decide(learner, scenario_lesson, 0, 1, number=2)
    shown = learner.get(scenario_lesson.url).content.decode()  # without «?refaire=»
    assert "Le voisin affiche le même message." in shown
    assert "La nuit a tenu" not in shown
    decide(learner, scenario_lesson, 2, 1, number=2)
    assert "Tout l’hôpital sur papier" in learner.get(scenario_lesson.url).content.decode()
    assert [one.scaled for one in ExerciseResponse.objects.order_by("number")] == [1, 0]


def test_an_edited_scenario_goes_on_as_it_was_begun(
    learner: Client, scenario_lesson: LessonPage
) -> None:
    decide(learner, scenario_lesson, 0, 0)
    (block,) = (one for one in scenario_lesson.body if one.block_type == "scenario")
    block.value["steps"][1]["text"] = "Réécrit."
    scenario_lesson.save()
    shown = learner.get(scenario_lesson.url).content.decode()
    assert "Qui prévenez-vous" in shown
    assert "Réécrit." not in shown


# A commitment, shown again ------------------------------------------------------------------------


def promise(client: Client, lesson: LessonPage, number: int, *at: int) -> None:
    (state,) = lesson_exercise_states(lesson=lesson, session=None).values()
    uids = [state.content["promises"][one]["uid"] for one in at]
    post(client, lesson, state, number=number, promise=uids)


def test_what_was_promised_is_shown_to_her_again_and_to_nobody_else(learner: Client) -> None:
    lesson = lesson_with(BLOCKS["commitment"])
    start(learner, lesson.module)
    promise(learner, lesson, 1, 0, 1)
    promise(learner, lesson, 2, 2)  # she chose again
    kept, left = "Je ne prête plus ma carte.", "Je verrouille mon poste."
    assert kept not in learner.get(lesson.module.url).content.decode()  # not complete yet
    finish(learner, lesson)
    for address in (lesson.module.url, "/mon-espace/"):
        shown = learner.get(address).content.decode()
        assert "Ce que j’ai décidé de changer" in shown
        assert kept in shown
        assert left not in shown
    other = Client()
    other.force_login(User.objects.create_user("autre@hopital.test"))
    for address in (lesson.module.url, "/mon-espace/"):
        assert kept not in other.get(address).content.decode()


# A picture that is no longer there ------------------------------------------------------------


def test_a_deleted_picture_leaves_its_text_equivalent(learner: Client) -> None:
    lesson = lesson_with(BLOCKS["hotspot"])
    start(learner, lesson.module)
    (state,) = states(lesson)
    do(learner, lesson, state)
    SiteImage.objects.all().delete()
    for address in (lesson.url, f"{lesson.url}?refaire={state.block_id}"):
        shown = learner.get(address).content.decode()
        assert "Une carte dans son lecteur" in shown
        assert "tcv-hotspot__picture" not in shown


def test_the_areas_of_a_picture_are_numbered_as_it_is_read() -> None:
    """Those to be found often come first as an editor writes them: their place must not tell."""
    areas = frozen(BLOCKS["hotspot"], image=None)["areas"]
    places = [(area["top"], area["left"]) for area in areas]
    assert places == sorted(places)
    assert len(areas) == len(BLOCKS["hotspot"].value["areas"])
