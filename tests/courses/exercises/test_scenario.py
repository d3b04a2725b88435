"""Scenarios: paths, ends, and what editors are told about steps that lead nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises import EXERCISES, ExerciseInvalid
from courses.exercises.scenario import MOST_PATTERNS, scenario_problem
from starter.content.schema import ending, step, way
from tests.courses.samples import SCENARIO, frozen

EXERCISE = EXERCISES["scenario"]


def decide(content: dict[str, Any], so_far: Any, at: int) -> Any:
    """Take the way number `at` of the step that is asked."""
    asked = EXERCISE.asked(content, so_far)["step"]
    data = QueryDict(mutable=True)
    data.update({"step": asked["uid"], "way": asked["ways"][at]["uid"]})
    return EXERCISE.answered(content, data, so_far)


def walk(content: dict[str, Any], *ways: int) -> Any:
    outcome = None
    for at in ways:
        outcome = decide(content, outcome.response if outcome else None, at)
    return outcome


@pytest.mark.parametrize(
    ("ways", "scaled", "title"),
    [
        ((0, 0), 1, "La nuit a tenu"),
        ((0, 1, 0), 0.5, "Tard, mais à temps"),
        ((1, 0), 0.5, "Tard, mais à temps"),
        ((1, 1), 0, "Tout l’hôpital sur papier"),
    ],
)
def test_each_path_ends_and_is_worth_its_end(
    ways: tuple[int, ...], scaled: float, title: str
) -> None:
    content = frozen(SCENARIO)
    outcome = walk(content, *ways)
    assert (outcome.is_finished, outcome.scaled) == (True, scaled)
    review = EXERCISE.review(content, outcome.response)
    assert review["end"]["title"] == title
    assert len(review["path"]) == len(ways)
    assert review["ends"] == 3


def test_before_its_end_a_path_is_open_and_tells_what_followed() -> None:
    content = frozen(SCENARIO)
    outcome = walk(content, 0)
    assert (outcome.is_finished, outcome.scaled) == (False, None)
    asked = EXERCISE.asked(content, outcome.response)
    assert asked["step"]["title"] == "L’alerte"
    assert [one["way"]["consequence"] for one in asked["path"]] == ["Le poste n’envoie plus rien."]


def test_another_step_s_decision_changes_nothing() -> None:
    content = frozen(SCENARIO)
    so_far = walk(content, 0).response
    first = content["steps"][0]
    data = QueryDict(mutable=True)
    data.update({"step": first["uid"], "way": first["ways"][1]["uid"]})
    outcome = EXERCISE.answered(content, data, so_far)
    assert (outcome.response, outcome.is_finished) == (so_far, False)


def test_a_way_of_another_step_is_refused() -> None:
    content = frozen(SCENARIO)
    first, second = content["steps"][:2]
    data = QueryDict(mutable=True)
    data.update({"step": first["uid"], "way": second["ways"][0]["uid"]})
    with pytest.raises(ExerciseInvalid):
        EXERCISE.answered(content, data, None)


def test_its_patterns_are_the_paths_to_a_good_end() -> None:
    content = frozen(SCENARIO)
    definition = EXERCISE.interaction(content)
    assert [one["id"] for one in definition["steps"]] == [
        one["uid"] for one in content["steps"] if one["ways"]
    ]
    good = walk(content, 0, 0)
    assert definition["correctResponsesPattern"] == [EXERCISE.pattern(content, good.response)]
    first, second = content["steps"][:2]
    assert EXERCISE.pattern(content, good.response) == (
        f"{first['uid']}[.]{first['ways'][0]['uid']}[,]{second['uid']}[.]{second['ways'][0]['uid']}"
    )


def braided(length: int) -> dict[str, Any]:
    """A scenario whose ways meet again at each step: 2 ** length paths, all good."""
    steps = [
        step(f"s{at}", f"Étape {at}", "…", *(way(text, "…", f"s{at + 1}") for text in "AB"))
        for at in range(length)
    ]
    return frozen(SCENARIO, steps=[*steps, ending(f"s{length}", "Fin", "…", "good")])


def test_patterns_are_left_out_where_they_would_be_too_many() -> None:
    assert len(EXERCISE.interaction(braided(5))["correctResponsesPattern"]) == MOST_PATTERNS
    assert "correctResponsesPattern" not in EXERCISE.interaction(braided(6))
    assert "correctResponsesPattern" not in EXERCISE.interaction(braided(19))


def test_what_is_shown_as_an_example_is_no_good_end_where_there_is_another() -> None:
    content = frozen(SCENARIO)
    assert EXERCISE.review(content, EXERCISE.example(content))["outcome"] != "good"
    only_good = braided(2)
    assert EXERCISE.review(only_good, EXERCISE.example(only_good))["outcome"] == "good"


@pytest.mark.parametrize(
    ("ways", "keys", "told"),
    [
        ({"a": ["b"], "b": []}, ["a", "b", "a"], "Deux étapes ont le nom court « a »."),
        ({"a": ["b", "c"], "b": []}, ["a", "b"], "mène à « c », qui n’existe pas"),
        ({"a": ["b"], "b": ["a"]}, ["a", "b"], "« a » finit par ramener à elle-même"),
        ({"a": ["b"], "b": ["b"]}, ["a", "b"], "« b » finit par ramener à elle-même"),
        (
            {"a": ["b"], "b": [], "c": []},
            ["a", "b", "c"],
            "Aucune décision ne mène à l’étape",
        ),
        ({"a": ["b", "b"], "b": []}, ["a", "b"], ""),
    ],
)
def test_editors_are_told_what_is_wrong(
    ways: dict[str, list[str]], keys: list[str], told: str
) -> None:
    problem = scenario_problem(ways, keys=keys)
    assert told in problem if told else problem == ""


KEYS = "abcdef"
graphs = st.dictionaries(
    st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=3), min_size=1
)


@given(graphs)
def test_without_a_problem_every_path_ends(ways: dict[str, list[str]]) -> None:
    if scenario_problem(ways, keys=list(ways)):
        return
    waiting = [(next(iter(ways)), 0)]
    while waiting:
        key, steps = waiting.pop()
        assert steps < len(ways)  # longer, and some step would come twice
        waiting += [(target, steps + 1) for target in ways[key]]


@given(graphs)
def test_a_draft_with_loops_and_dead_ends_is_still_shown(ways: dict[str, list[str]]) -> None:
    content = frozen(
        SCENARIO,
        steps=[
            step(key, key, "…", *(way(target, "…", target) for target in targets))
            for key, targets in ways.items()
        ],
    )
    EXERCISE.asked(content, None)
    EXERCISE.interaction(content)
    EXERCISE.review(content, EXERCISE.example(content))


def test_a_draft_without_steps_is_still_shown() -> None:
    content = frozen(SCENARIO, steps=[])
    assert EXERCISE.asked(content, None)["step"]["ways"] == []
    EXERCISE.review(content, EXERCISE.example(content))
