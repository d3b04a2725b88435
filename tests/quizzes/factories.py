"""Quizzes for tests."""

from __future__ import annotations

from typing import Any

from quizzes.enums import QuestionKind
from quizzes.models import Choice, Question, Quiz, QuizItem


def make_question(
    text: str = "Que faire d’un courriel douteux ?",
    kind: QuestionKind = QuestionKind.SINGLE,
    choices: tuple[tuple[str, bool], ...] = (("Le signaler", True), ("Cliquer", False)),
    *,
    tags: tuple[str, ...] = (),
    **fields: Any,
) -> Question:
    made = [
        Choice(text=choice, is_correct=right, feedback=f"Retour {choice}")
        for choice, right in choices
    ]
    return _question(text, kind, made, tags, fields)


def make_matching(
    text: str = "À qui s’adresser ?",
    pairs: tuple[tuple[str, str], ...] = (("Perte de carte", "Sécurité"), ("Panne", "Support")),
    distractors: tuple[str, ...] = (),
    *,
    tags: tuple[str, ...] = (),
    **fields: Any,
) -> Question:
    made = [Choice(text=left, match=right, feedback=f"Retour {left}") for left, right in pairs]
    made += [Choice(match=right, feedback=f"Intrus {right}") for right in distractors]
    return _question(text, QuestionKind.MATCHING, made, tags, fields)


def make_ordering(
    text: str = "Dans quel ordre ?",
    steps: tuple[str, ...] = ("Débrancher", "Appeler", "Noter", "Attendre"),
    *,
    tags: tuple[str, ...] = (),
    **fields: Any,
) -> Question:
    made = [Choice(text=step, feedback=f"Retour {step}") for step in steps]
    return _question(text, QuestionKind.ORDERING, made, tags, fields)


def _question(
    text: str,
    kind: QuestionKind,
    choices: list[Choice],
    tags: tuple[str, ...],
    fields: dict[str, Any],
) -> Question:
    question = Question(text=text, kind=kind, explanation=f"Parce que : {text}", **fields)
    for order, choice in enumerate(choices):
        choice.sort_order = order
    question.choices = choices
    question.save()
    question.tags.add(*tags)
    question.save()
    return question


def quiz_of(*questions: Question, title: str = "Quiz final", **fields: Any) -> Quiz:
    """A quiz of these questions; `fields` are the quiz's own."""
    quiz = Quiz(title=title, **fields)
    quiz.items = [QuizItem(question=one, sort_order=n) for n, one in enumerate(questions, start=1)]
    quiz.save()
    return quiz


def make_quiz(count: int = 2, *, title: str = "Quiz final", **question: object) -> Quiz:
    quiz = Quiz(title=title)
    quiz.items = [
        QuizItem(question=make_question(f"Question {n} ?", **question), sort_order=n)  # type: ignore[arg-type]
        for n in range(1, count + 1)
    ]
    quiz.save()
    return quiz
