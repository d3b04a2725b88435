"""Every type of question: read, checked, graded, reviewed, and written as the standard has it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from quizzes.enums import QuestionKind, Scoring
from quizzes.kinds import KINDS, AnswerInvalid, kind_of
from quizzes.kinds.base import MISSED, PLAIN, RIGHT, WRONG


def choosing(kind: str, rights: list[bool], scoring: str = Scoring.ALL) -> dict[str, Any]:
    return {
        "uid": "q",
        "kind": kind,
        "text": "?",
        "explanation": "!",
        "scoring": scoring,
        "choices": [
            {"uid": f"c{n}", "text": f"Choix {n}", "is_correct": right, "feedback": f"Retour {n}"}
            for n, right in enumerate(rights)
        ],
    }


def matching(count: int, extra: int = 0, scoring: str = Scoring.ALL) -> dict[str, Any]:
    question = choosing(QuestionKind.MATCHING, [True] * count, scoring)
    for n, choice in enumerate(question["choices"]):
        choice.update(match=f"Droite {n}", match_uid=f"t{n}")
    question["targets"] = [
        {"uid": f"t{n}", "text": f"Droite {n}", "feedback": "Intrus" if n >= count else ""}
        for n in range(count + extra)
    ]
    return question


def ordering(count: int, scoring: str = Scoring.ALL) -> dict[str, Any]:
    question = choosing(QuestionKind.ORDERING, [True] * count, scoring)
    for rank, choice in enumerate(question["choices"], start=1):
        choice["rank"] = rank
    return question | {"choices": question["choices"][::-1]}  # as asked


QUESTIONS = {
    "single": choosing(QuestionKind.SINGLE, [False, True, False]),
    "multiple": choosing(QuestionKind.MULTIPLE, [True, False, True, False]),
    "true_false": choosing(QuestionKind.TRUE_FALSE, [True, False]),
    "matching": matching(3, 1),
    "ordering": ordering(4),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize("scoring", Scoring.values)
def test_the_right_answer_gives_the_whole_point_and_a_wrong_one_less(
    question: dict[str, Any], scoring: str
) -> None:
    question = question | {"scoring": scoring}
    kind = kind_of(question)
    right = kind.right(question)
    assert kind.checked(question, right) == right
    assert kind.scaled(question, right) == 1
    for seed in range(20):
        wrong = kind.drawn_wrong(question, random.Random(seed))
        assert kind.scaled(question, kind.checked(question, wrong)) < 1


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_what_was_frozen_before_there_were_partial_points_is_all_or_nothing(
    question: dict[str, Any],
) -> None:
    old = {name: value for name, value in question.items() if name != "scoring"}
    kind = kind_of(old)
    assert kind.scaled(old, kind.right(old)) == 1
    assert kind.scaled(old, kind.drawn_wrong(old, random.Random(1))) == 0


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.data())
def test_multiple_choice_counts_right_less_wrong_and_never_below_zero(
    rights: list[bool], data: st.DataObject
) -> None:
    rights[0] = True
    question = choosing(QuestionKind.MULTIPLE, rights, Scoring.PARTIAL)
    chosen = data.draw(st.sets(st.sampled_from(range(len(rights))), min_size=1))
    scaled = kind_of(question).scaled(question, [f"c{n}" for n in sorted(chosen)])
    hits = sum(rights[n] for n in chosen)
    misses = len(chosen) - hits
    assert scaled == max(0, (hits - misses) / sum(rights))
    assert 0 <= scaled <= 1
    assert (scaled == 1) == (chosen == {n for n, right in enumerate(rights) if right})


@given(st.integers(2, 8), st.integers(0, 3), st.randoms(use_true_random=False))
def test_matching_counts_the_share_of_right_pairs(
    count: int, extra: int, rng: random.Random
) -> None:
    given_targets = [rng.randrange(count + extra) for _n in range(count)]
    response = [[f"c{n}", f"t{target}"] for n, target in enumerate(given_targets)]
    hits = sum(n == target for n, target in enumerate(given_targets))
    partial, whole = matching(count, extra, Scoring.PARTIAL), matching(count, extra)
    assert kind_of(partial).scaled(partial, response) == hits / count
    assert kind_of(whole).scaled(whole, response) == (hits == count)


@given(st.permutations(range(6)))
def test_ordering_counts_the_share_of_steps_at_their_place(order: list[int]) -> None:
    question = ordering(6, Scoring.PARTIAL)
    response = [f"c{n}" for n in order]
    hits = sum(n == at for at, n in enumerate(order))
    assert kind_of(question).scaled(question, response) == hits / 6


POSTED = {
    "single": "choice=c1",
    "multiple": "choice=c2&choice=c0",
    "true_false": "choice=c0",
    "matching": "item-c0=t0&item-c1=t1&item-c2=t2",
    "ordering": "item-c0=1&item-c1=2&item-c2=3&item-c3=4",
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_form_is_read_and_nothing_else_in_it_matters(name: str) -> None:
    question = QUESTIONS[name]
    posted = QueryDict(f"{POSTED[name]}&success=true&score=1&actor=somebody&is_correct=1")
    assert kind_of(question).read(question, posted) == kind_of(question).right(question)


TWICE = "item-c0=1&item-c1=2&item-c2=2&item-c3=4"


@pytest.mark.parametrize(
    ("name", "posted", "message", "fields"),
    [
        ("single", "", "Choisissez une réponse", set()),
        ("single", "choice=t0", "ne fait pas partie", set()),
        ("single", "choice=c0&choice=c1", "Une seule réponse", set()),
        ("multiple", "choice=", "ne fait pas partie", set()),
        ("matching", "item-c0=t0&item-c1=", "à chaque ligne", {"item-c1", "item-c2"}),
        ("matching", "item-c0=c0&item-c1=t1&item-c2=t2", "ne fait pas partie", set()),
        ("ordering", "item-c0=1", "Donnez un rang", {"item-c1", "item-c2", "item-c3"}),
        ("ordering", TWICE, "même rang", {"item-c1", "item-c2"}),
        ("ordering", "item-c0=1&item-c1=2&item-c2=3&item-c3=9", "ne fait pas partie", set()),
        ("ordering", "item-c0=1&item-c1=2&item-c2=3&item-c3=<b>", "ne fait pas partie", set()),
    ],
)
def test_an_answer_that_is_none_is_refused_with_a_message(
    name: str, posted: str, message: str, fields: set[str]
) -> None:
    question = QUESTIONS[name]
    with pytest.raises(AnswerInvalid, match=message) as refused:
        kind_of(question).read(question, QueryDict(posted))
    assert refused.value.fields == fields


@pytest.mark.parametrize(
    ("name", "response"),
    [
        ("matching", [["c0", "t0"], ["c1", "t1"]]),
        ("matching", [["c0", "t0"], ["c1", "t1"], ["c2", "nowhere"]]),
        ("matching", [["c0", "t0"], ["c1", "t1"], ["c2"]]),
        ("ordering", ["c0", "c1", "c2"]),
        ("ordering", ["c0", "c1", "c2", "c2"]),
    ],
)
def test_a_response_that_does_not_fit_is_refused(name: str, response: list[Any]) -> None:
    with pytest.raises(AnswerInvalid):
        kind_of(QUESTIONS[name]).checked(QUESTIONS[name], response)


def test_what_was_entered_stays_entered() -> None:
    question = QUESTIONS["ordering"]
    posted = QueryDict(TWICE)
    asked = kind_of(question).asked(question, posted, frozenset({"item-c1", "item-c2"}))
    entered = {
        row.name: [option.value for option in row.options if option.is_selected]
        for row in asked.rows
    }
    assert entered == {"item-c0": ["1"], "item-c1": ["2"], "item-c2": ["2"], "item-c3": ["4"]}
    assert {row.name for row in asked.rows if row.has_error} == {"item-c1", "item-c2"}
    question = QUESTIONS["multiple"]
    asked = kind_of(question).asked(question, QueryDict("choice=c1&choice=c2"), frozenset())
    assert [option.is_selected for option in asked.options] == [False, True, True, False]


def test_a_review_says_of_each_part_what_was_right_and_what_was_answered() -> None:
    marks = {
        ("multiple", "choice=c0&choice=c1"): [RIGHT, WRONG, MISSED, PLAIN],
        ("single", "choice=c0"): [WRONG, MISSED, PLAIN],
        ("matching", "item-c0=t0&item-c1=t3&item-c2=t1"): [RIGHT, WRONG, WRONG],
        ("ordering", "item-c0=1&item-c1=3&item-c2=2&item-c3=4"): [RIGHT, WRONG, WRONG, RIGHT],
    }
    for (name, posted), expected in marks.items():
        question = QUESTIONS[name]
        kind = kind_of(question)
        lines = kind.review(question, kind.read(question, QueryDict(posted)))
        assert [line.mark for line in lines] == expected
        assert all(bool(line.state) == bool(line.mark) for line in lines)
        assert all(line.feedback for line in lines if line.mark in {WRONG, MISSED})


def test_a_review_of_pairs_names_the_right_one_and_the_one_that_was_given() -> None:
    question = QUESTIONS["matching"]
    lines = kind_of(question).review(question, [["c0", "t3"], ["c1", "t1"], ["c2", "t2"]])
    assert (lines[0].detail, lines[0].state) == ("Droite 0", "Vous aviez choisi : Droite 3")
    assert lines[0].feedback == "Intrus Retour 0"


# xAPI 1.0.3 Part Two, Appendix C: the standard's own examples.


def named(*names: str) -> list[dict[str, Any]]:
    pairs = zip(names[::2], names[1::2], strict=True)
    return [{"id": uid, "description": {"fr": text}} for uid, text in pairs]


def choices_named(*names: str, right: str = "") -> list[dict[str, Any]]:
    return [
        {"uid": uid, "text": text, "is_correct": uid in right.split(), "feedback": ""}
        for uid, text in zip(names[::2], names[1::2], strict=True)
    ]


GAMES = ("golf", "Golf Example", "facebook", "Facebook App", "tetris", "Tetris Example")
GAMES += ("scrabble", "Scrabble Example")
LADDER = ("tim", "Tim", "ben", "Ben", "ells", "Ells", "mike", "Mike")
TEAMS = ("1", "Swift Kick in the Grass", "2", "We got Runs", "3", "Duck")
TEAMS += ("4", "Van Delay Industries")
PLAYERS = ("ben", "Ben", "chris", "Chris", "troy", "Troy", "freddie", "Freddie")
THEIR_TEAMS = {"ben": "3", "chris": "2", "troy": "4", "freddie": "1"}
THEIR_RANKS = {"tim": 1, "mike": 2, "ells": 3, "ben": 4}

STANDARD = {
    "C.s1 true-false": (
        {"kind": "true_false", "choices": choices_named("v", "Vrai", "f", "Faux", right="v")},
        {"interactionType": "true-false"},
        "true",
    ),
    "C.s2 choice": (
        {"kind": "multiple", "choices": choices_named(*GAMES, right="golf tetris")},
        {"interactionType": "choice", "choices": named(*GAMES)},
        "golf[,]tetris",
    ),
    "C.s6 matching": (
        {
            "kind": "matching",
            "choices": [
                one | {"match_uid": THEIR_TEAMS[one["uid"]], "match": ""}
                for one in choices_named(*PLAYERS)
            ],
            "targets": [
                {"uid": uid, "text": text, "feedback": ""}
                for uid, text in zip(TEAMS[::2], TEAMS[1::2], strict=True)
            ],
        },
        {"interactionType": "matching", "source": named(*PLAYERS), "target": named(*TEAMS)},
        "ben[.]3[,]chris[.]2[,]troy[.]4[,]freddie[.]1",
    ),
    "C.s8 sequencing": (
        {
            "kind": "ordering",
            "choices": [one | {"rank": THEIR_RANKS[one["uid"]]} for one in choices_named(*LADDER)],
        },
        {"interactionType": "sequencing", "choices": named(*LADDER)},
        "tim[,]mike[,]ells[,]ben",
    ),
}


@pytest.mark.parametrize("example", STANDARD.values(), ids=STANDARD)
def test_interactions_are_written_as_in_the_standards_examples(example: Any) -> None:
    question, definition, pattern = example
    kind = kind_of(question)
    assert kind.definition(question) == definition
    assert kind.written(question, kind.right(question)) == pattern


def test_a_lone_choice_has_no_delimiter() -> None:
    question = QUESTIONS["single"]
    assert kind_of(question).written(question, ["c1"]) == "c1"


# What editors may save.

TEXTS = [{"text": text, "is_correct": False} for text in ("A", "B", "C")]
PAIRS = [{"text": "A", "match": "1"}, {"text": "B", "match": "2"}]


@pytest.mark.parametrize(
    ("kind", "choices", "problem"),
    [
        ("single", [*TEXTS[:1], {"text": "A", "is_correct": True}], "même texte"),
        ("single", [*TEXTS[:1], {"text": "", "is_correct": True}], "texte de chaque réponse"),
        ("ordering", TEXTS, ""),
        ("ordering", TEXTS[:2], "au moins trois étapes"),
        ("ordering", [*TEXTS, TEXTS[0]], "même texte"),
        ("matching", PAIRS, ""),
        ("matching", [*PAIRS, {"text": "", "match": "3"}], ""),
        ("matching", [*PAIRS, {"text": "C", "match": "2"}], ""),
        ("matching", [*PAIRS, {"text": "", "match": "2"}], "intrus"),
        ("matching", [*PAIRS, {"text": "C", "match": ""}], "avec quoi va"),
        ("matching", [PAIRS[0], {"text": "", "match": "2"}], "deux paires"),
        ("matching", [PAIRS[0], {"text": "B", "match": "1"}], "différentes"),
    ],
)
def test_what_nobody_could_answer_is_not_saved(
    kind: str, choices: list[dict[str, Any]], problem: str
) -> None:
    found = KINDS[kind].problem(choices)
    assert problem in found
    assert bool(found) == bool(problem)
