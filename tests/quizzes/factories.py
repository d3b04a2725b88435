"""Quizzes for tests."""

from __future__ import annotations

from quizzes.enums import QuestionKind
from quizzes.models import Choice, Question, Quiz, QuizItem


def make_question(
    text: str = "Que faire d’un courriel douteux ?",
    kind: QuestionKind = QuestionKind.SINGLE,
    choices: tuple[tuple[str, bool], ...] = (("Le signaler", True), ("Cliquer", False)),
) -> Question:
    question = Question(text=text, kind=kind, explanation=f"Parce que : {text}")
    question.choices = [
        Choice(text=choice, is_correct=right, feedback=f"Retour {choice}", sort_order=order)
        for order, (choice, right) in enumerate(choices)
    ]
    question.save()
    return question


def make_quiz(count: int = 2, *, title: str = "Quiz final", **question: object) -> Quiz:
    quiz = Quiz(title=title)
    quiz.items = [
        QuizItem(question=make_question(f"Question {n} ?", **question), sort_order=n)  # type: ignore[arg-type]
        for n in range(1, count + 1)
    ]
    quiz.save()
    return quiz
