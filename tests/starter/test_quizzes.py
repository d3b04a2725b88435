"""A starter quiz with every type of question: loaded whole, once, and drawn from."""

from __future__ import annotations

import random

import pytest

from quizzes.drawing import pool_of, pool_problems
from quizzes.enums import Difficulty, Scoring
from quizzes.gaps import quiz_gaps
from quizzes.kinds import kind_of
from quizzes.models import Question, Quiz
from starter.content.schema import (
    HARD,
    QuizText,
    matching,
    multiple,
    ordering,
    right,
    single,
    true_false,
    wrong,
)
from starter.loading.quizzes import quiz_ensure

pytestmark = pytest.mark.django_db

CHOICES = (right("Je signale"), right("Je préviens"), wrong("Je clique", "Surtout pas."))
TEXT = QuizText(
    title="Quiz d'essai",
    questions=(
        single("Une ?", "Ainsi.", *CHOICES[1:], tags=("mails",)),
        multiple("Plusieurs ?", "Ainsi.", *CHOICES, tags=("mails",), difficulty=HARD),
        true_false("Vraie ?", "Ainsi.", is_true=False, tags=("badges",)),
        matching(
            "Qui ?",
            "Ainsi.",
            ("Badge perdu", "La sécurité"),
            ("Panne", "L'assistance"),
            distractors=("L'accueil",),
            tags=("badges",),
        ),
        ordering("Ordre ?", "Ainsi.", "Débrancher", "Appeler", "Noter"),
    ),
    draw=4,
    per_tag=2,
)


def test_a_quiz_is_loaded_once_with_all_that_its_text_says() -> None:
    quiz = quiz_ensure(path="/essai/", text=TEXT)
    assert quiz_ensure(path="/essai/", text=TEXT) == quiz
    assert Quiz.objects.filter(pk=quiz.pk).count() == 1
    quiz = Quiz.objects.get(pk=quiz.pk)
    assert (quiz.draw_count, quiz.per_tag) == (4, 2)
    assert quiz_gaps(quiz) == []
    pool = pool_of(quiz)
    kinds = [question["kind"] for question in pool.questions]
    assert kinds == ["single", "multiple", "true_false", "matching", "ordering"]
    assert [question["tags"] for question in pool.questions] == [
        *(["mails"], ["mails"], ["badges"], ["badges"], [])
    ]
    assert pool_problems([question["tags"] for question in pool.questions], 4, 2) == []
    assert pool.questions[1]["difficulty"] == Difficulty.HARD
    scoring = [question["scoring"] for question in pool.questions]
    assert scoring == [*[Scoring.ALL] * 3, *[Scoring.PARTIAL] * 2]
    matched = pool.questions[3]
    assert {target["text"] for target in matched["targets"]} == {
        *("La sécurité", "L’assistance", "L’accueil")
    }
    drawn = pool.drawn(random.Random(1))
    assert {question["kind"] for question in drawn} == set(kinds) - {"ordering"}
    assert all(kind_of(one).scaled(one, kind_of(one).right(one)) == 1 for one in drawn)


def test_an_editors_themes_outlive_a_second_load() -> None:
    quiz_ensure(path="/essai/", text=TEXT)
    question = Question.objects.get(text__startswith="Une")
    question.tags.set(["autre"])
    question.save()
    Quiz.objects.all().delete()
    quiz_ensure(path="/essai/", text=TEXT)
    assert list(Question.objects.get(pk=question.pk).tags.names()) == ["autre"]
