"""What a question or a quiz still lacks to teach well: said to editors, never in their way."""

from __future__ import annotations

from django.utils.translation import gettext as _

from quizzes.drawing import pool_problems
from quizzes.enums import QuestionKind
from quizzes.kinds import KINDS
from quizzes.models import Question, Quiz

CHOOSING = {QuestionKind.SINGLE, QuestionKind.MULTIPLE}


def question_gaps(question: Question) -> list[str]:
    """In French, in the order of the form; empty if nothing is missing."""
    choices = list(question.choices.all())
    fields = [
        {"text": one.text, "is_correct": one.is_correct, "match": one.match} for one in choices
    ]
    gaps = [KINDS[question.kind].problem(fields)]
    if question.kind in CHOOSING and not all(one.feedback for one in choices if not one.is_correct):
        gaps.append(_("Une réponse fausse n’a pas de retour : dites pourquoi elle est fausse."))
    if not question.explanation.strip():
        gaps.append(_("L’explication manque."))
    return [gap for gap in gaps if gap]


def quiz_gaps(quiz: Quiz) -> list[str]:
    """Those of the draw and of every question, each with its question; three queries."""
    items = quiz.items.select_related("question").prefetch_related(
        "question__choices", "question__tagged_items__tag"
    )
    questions = [item.question for item in items.order_by("sort_order")]
    tags = [[item.tag.name for item in one.tagged_items.all()] for one in questions]
    gaps = pool_problems(tags, quiz.draw_count, quiz.per_tag)
    if not questions:
        gaps.append(_("Le quiz n’a pas de question."))
    gaps += [f"{one.text} — {gap}" for one in questions for gap in question_gaps(one)]
    return gaps
