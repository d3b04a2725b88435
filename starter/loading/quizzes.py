"""The quizzes of the starter modules."""

from __future__ import annotations

from quizzes.enums import QuestionKind, Scoring
from quizzes.models import Choice, Question, Quiz, QuizItem
from starter.content.schema import QuestionText, QuizText
from starter.loading.tree import identity
from starter.typography import french

# One wrong pair or one step out of place does not undo the others. Where boxes are ticked, ticking
# them all must not pay.
PARTIAL = {QuestionKind.MATCHING, QuestionKind.ORDERING}


def quiz_ensure(*, path: str, text: QuizText) -> Quiz:
    """The quiz of the module at `path`; made with its questions unless it is there already."""
    known = Quiz.objects.filter(uid=identity(f"{path}quiz")).first()
    if known is not None:
        return known
    quiz = Quiz.objects.create(
        uid=identity(f"{path}quiz"),
        title=french(text.title),
        draw_count=text.draw,
        per_tag=text.per_tag,
        shuffle_questions=text.draw is not None,
        shuffle_choices=text.draw is not None,
    )
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
            "difficulty": text.difficulty,
            "scoring": Scoring.PARTIAL if text.kind in PARTIAL else Scoring.ALL,
        },
    )
    if is_new:
        Choice.objects.bulk_create(
            Choice(
                question=question,
                text=french(choice.text),
                match=french(choice.match),
                feedback=french(choice.feedback),
                is_correct=choice.is_correct,
                sort_order=number,
            )
            for number, choice in enumerate(text.choices)
        )
        question.tags.add(*map(french, text.tags))
        question.save()  # a clusterable model keeps its tags with itself
    return question
