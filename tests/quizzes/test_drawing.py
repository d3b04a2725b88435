"""Pools: how many are drawn, of which themes, in what order, and what an attempt keeps of it."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drawing import Pool, pool_of, pool_problems, positions_drawn
from quizzes.freezing import question_frozen, question_shuffled, wording
from quizzes.kinds import kind_of
from tests.quizzes.factories import make_matching, make_ordering, make_question, quiz_of

TAGS = st.lists(st.lists(st.sampled_from("abcd"), max_size=2, unique=True), max_size=20)
COUNTS = st.none() | st.integers(1, 25)


@given(TAGS, COUNTS, st.none() | st.integers(1, 4), st.randoms(use_true_random=False))
def test_as_many_as_asked_are_drawn_and_none_twice(
    tags: list[list[str]], count: int | None, per_tag: int | None, rng: random.Random
) -> None:
    drawn = positions_drawn(tags, count, per_tag, rng)
    assert len(drawn) == min(len(tags), count or len(tags))
    assert drawn <= set(range(len(tags)))


@given(TAGS, st.integers(1, 25), st.integers(1, 4), st.randoms(use_true_random=False))
def test_each_theme_gets_its_share_if_there_is_room(
    tags: list[list[str]], count: int, per_tag: int, rng: random.Random
) -> None:
    every = {tag for one in tags for tag in one}
    drawn = positions_drawn(tags, count, per_tag, rng)
    if len(every) * per_tag <= count:
        for tag in every:
            there_are = sum(tag in one for one in tags)
            assert sum(tag in tags[at] for at in drawn) >= min(per_tag, there_are)


@given(TAGS, st.integers(1, 25), st.integers(1, 4))
def test_what_editors_may_save_can_be_drawn(
    tags: list[list[str]], count: int, per_tag: int
) -> None:
    if pool_problems(tags, count, per_tag):
        return
    drawn = positions_drawn(tags, count, per_tag, random.Random(1))
    assert len(drawn) == count
    for tag in {tag for one in tags for tag in one}:
        assert sum(tag in tags[at] for at in drawn) >= per_tag


def test_every_question_can_be_drawn() -> None:
    tags = [["a"], ["a"], ["b"], ["b"], []]
    seen: set[int] = set()
    for seed in range(200):
        seen |= positions_drawn(tags, 3, 1, random.Random(seed))
    assert seen == set(range(5))


@pytest.mark.parametrize(
    ("tags", "count", "per_tag", "problem"),
    [
        ([["a"], ["b"]], None, None, ""),
        ([["a"], ["b"]], 2, 1, ""),
        ([["a"], ["b"]], 3, None, "Le quiz n’a que 2 questions : on ne peut pas en tirer 3."),
        ([["a"], ["b"]], None, 1, "Dites aussi combien de questions sont tirées."),
        ([["a"], ["a"], ["b"]], 3, 2, "Le thème « b » n’a que 1 question : il en faut 2."),
        ([["a"], ["b"], ["c"]], 2, 1, "3 thèmes à 1 questions font plus que les 2"),
        ([[], []], 2, 1, "Aucune question du quiz n’a de thème"),
    ],
)
def test_editors_are_told_why_a_pool_cannot_be_filled(
    tags: list[list[str]], count: int | None, per_tag: int | None, problem: str
) -> None:
    problems = pool_problems(tags, count, per_tag)
    assert bool(problems) == bool(problem)
    assert problem in " ".join(problems)


@pytest.mark.django_db
def test_an_order_never_gives_the_answer_away() -> None:
    ordered = question_frozen(make_ordering())
    matched = question_frozen(make_matching(distractors=("Accueil",)))
    for seed in range(50):
        rng = random.Random(seed)
        asked = question_shuffled(ordered, rng, choices=False)
        shown = [choice["uid"] for choice in asked["choices"]]
        assert shown != kind_of(asked).right(asked)
        assert sorted(shown) == sorted(kind_of(ordered).right(ordered))
    orders = {
        tuple(
            target["text"]
            for target in question_shuffled(matched, random.Random(seed), choices=False)["targets"]
        )
        for seed in range(50)
    }
    assert len(orders) == 6
    assert {choice["uid"] for choice in matched["choices"]}.isdisjoint(
        target["uid"] for target in matched["targets"]
    )


@pytest.mark.django_db
def test_shuffling_keeps_true_before_false() -> None:
    boolean = question_frozen(make_question(kind="true_false", choices=(("Vrai", 1), ("Faux", 0))))
    for seed in range(20):
        asked = question_shuffled(boolean, random.Random(seed), choices=True)
        assert [choice["text"] for choice in asked["choices"]] == ["Vrai", "Faux"]


@pytest.mark.django_db
def test_equal_right_hand_sides_are_one_target() -> None:
    pairs = (("Courriel", "Risqué"), ("Clé USB", "Risqué"), ("Badge", "Sûr"))
    frozen = question_frozen(make_matching(pairs=pairs))
    assert [target["text"] for target in frozen["targets"]] == ["Risqué", "Sûr"]
    kind = kind_of(frozen)
    assert kind.scaled(frozen, kind.right(frozen)) == 1


@pytest.mark.django_db
def test_without_shuffling_the_order_of_the_editors_stays() -> None:
    questions = [make_question(f"Question {n} ?") for n in range(6)]
    quiz = quiz_of(*questions, draw_count=4)
    texts = [one["text"] for one in pool_of(quiz).drawn(random.Random(3))]
    assert texts == sorted(texts)
    quiz.shuffle_questions = True
    orders = {
        tuple(one["text"] for one in pool_of(quiz).drawn(random.Random(seed))) for seed in range(20)
    }
    assert len(orders) > 10


@pytest.mark.django_db
def test_a_pool_is_read_with_the_same_queries_whatever_its_size() -> None:
    def count(size: int) -> int:
        quiz = quiz_of(*(make_question(f"{size} {n} ?", tags=("a",)) for n in range(size)))
        with CaptureQueriesContext(connection) as captured:
            assert len(pool_of(quiz).questions) == size
        return len(captured)

    assert count(2) == count(8) <= 5


@pytest.mark.django_db
def test_a_wording_changes_with_what_is_asked_and_not_with_the_order() -> None:
    question = make_ordering()
    frozen = question_frozen(question)
    assert wording(question_shuffled(frozen, random.Random(1), choices=True)) == wording(frozen)
    question.explanation = "Autrement expliqué"
    assert wording(question_frozen(question)) == wording(frozen)
    question.text = "Autrement dit ?"
    assert wording(question_frozen(question)) != wording(frozen)


def test_an_empty_pool_draws_nothing() -> None:
    assert Pool([], draw_count=3, per_tag=1).drawn(random.Random(1)) == []
