"""The quizzes of the starter modules."""

from __future__ import annotations

from quizzes.models import Choice, Question, Quiz, QuizItem
from starter.content.schema import QuestionText, QuizText
from starter.loading.tree import identity
from starter.typography import french


def quiz_ensure(*, path: str, text: QuizText) -> Quiz:
    """The quiz of the module at `path`; made with its questions unless it is there already."""
    known = Quiz.objects.filter(uid=identity(f"{path}quiz")).first()
    if known is not None:
        return known
    quiz = Quiz.objects.create(uid=identity(f"{path}quiz"), title=french(text.title))
    for number, question in enumerate(text.questions):
        QuizItem.objects.create(
            quiz=quiz,
            question=_question_ensure(path=f"{path}quiz/{number}", text=question),
            sort_order=number,
        )
    return quiz


def _question_ensure(*, path: str, text: QuestionText) -> Question:
    question, is_new = Question.objects.get_or_create(
        uid=identity(path),
        defaults={
            "kind": text.kind,
            "text": french(text.text),
            "explanation": french(text.explanation),
        },
    )
    if is_new:
        Choice.objects.bulk_create(
            Choice(
                question=question,
                text=french(choice.text),
                feedback=french(choice.feedback),
                is_correct=choice.is_correct,
                sort_order=number,
            )
            for number, choice in enumerate(text.choices)
        )
    return question
