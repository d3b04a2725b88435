"""Timeline and commitment, and sorting's example."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises import EXERCISES, ExerciseInvalid
from tests.courses.samples import COMMITMENT, SORTING, TIMELINE, frozen, value_of

TIMELINE_EXERCISE = EXERCISES["timeline"]
COMMITMENT_EXERCISE = EXERCISES["commitment"]


def ranked(content: dict[str, object], ranks: list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    uids = [moment["uid"] for moment in content["moments"]]  # type: ignore[attr-defined]
    data.update(dict(zip(uids, ranks, strict=True)))
    return data


@given(st.permutations(["1", "2", "3", "4"]))
def test_an_order_is_worth_its_pairs_in_order(ranks: list[str]) -> None:
    content = frozen(TIMELINE)
    outcome = TIMELINE_EXERCISE.answered(content, ranked(content, ranks), None)
    pairs = [(a, b) for at, a in enumerate(ranks) for b in ranks[at + 1 :]]
    assert outcome.scaled == round(sum(a < b for a, b in pairs) / 6, 4)
    review = TIMELINE_EXERCISE.review(content, outcome.response)
    assert [str(moment["chosen"]) for moment in review["moments"]] == ranks
    assert (outcome.scaled == 1) is (review["in_place"] == 4)


def test_the_right_order_is_worth_all_and_the_reverse_nothing() -> None:
    content = frozen(TIMELINE)
    scaled = {
        ranks: TIMELINE_EXERCISE.answered(content, ranked(content, list(ranks)), None).scaled
        for ranks in permutations("1234")
    }
    assert [ranks for ranks, one in scaled.items() if one == 1] == [("1", "2", "3", "4")]
    assert [ranks for ranks, one in scaled.items() if one == 0] == [("4", "3", "2", "1")]


@pytest.mark.parametrize(
    ("ranks", "told"),
    [
        (["1", "2", "3", ""], "Il reste des actions sans rang."),
        (["1", "2", "2", "3"], "Plusieurs actions ont le rang 2"),
        (["1", "2", "3", "5"], "Cet exercice a changé"),
        (["1", "2", "3", "²"], "Cet exercice a changé"),
    ],
)
def test_ranks_that_make_no_order_are_told(ranks: list[str], told: str) -> None:
    content = frozen(TIMELINE)
    with pytest.raises(ExerciseInvalid, match=told):
        TIMELINE_EXERCISE.answered(content, ranked(content, ranks), None)


@given(st.integers())
def test_the_actions_are_never_asked_in_their_right_order(seed: int) -> None:
    value = value_of(TIMELINE)
    content = TIMELINE_EXERCISE.frozen(value, random.Random(seed))
    right = [moment["uid"] for moment in content["moments"]]
    assert content["shuffled"] != right
    assert sorted(content["shuffled"]) == sorted(right)


def promised(*uids: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.setlist("promise", list(uids))
    return data


def test_one_to_three_promises_are_taken_and_none_is_right_or_wrong() -> None:
    content = frozen(COMMITMENT)
    uids = [promise["uid"] for promise in content["promises"]]
    for count in (1, 2, 3):
        outcome = COMMITMENT_EXERCISE.answered(content, promised(*uids[:count]), None)
        assert (outcome.response, outcome.scaled) == (uids[:count], None)
    with pytest.raises(ExerciseInvalid, match="Trois promesses au plus"):
        COMMITMENT_EXERCISE.answered(content, promised(*uids), None)
    with pytest.raises(ExerciseInvalid, match="Choisissez au moins une promesse"):
        COMMITMENT_EXERCISE.answered(content, promised(), None)


def test_an_example_of_sorting_has_one_mistake() -> None:
    content = frozen(SORTING)
    exercise = EXERCISES["sorting"]
    review = exercise.review(content, exercise.example(content))
    assert [item["is_correct"] for item in review] == [True, False]
