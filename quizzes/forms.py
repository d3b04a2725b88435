"""The forms of questions and quizzes in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.drawing import pool_problems
from quizzes.enums import QuestionKind
from quizzes.kinds import FALSE, KINDS, TRUE
from quizzes.models import TaggedQuestion

__all__ = ["FALSE", "TRUE", "QuestionForm", "QuizForm", "choices_problem"]


class QuestionForm(WagtailAdminModelForm):
    """Refuses a question that nobody could answer rightly."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets["choices"]
        if formset.is_valid():
            problem = choices_problem(cleaned.get("kind", ""), kept(formset))
            if problem:
                self.add_error("kind", problem)
        return cleaned


class QuizForm(WagtailAdminModelForm):
    """Refuses a draw that the pool cannot give."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets["items"]
        if formset.is_valid():
            questions = [row["question"].pk for row in kept(formset) if row.get("question")]
            tags = _tags_of(questions)
            for problem in pool_problems(
                [tags.get(pk, []) for pk in questions],
                cleaned.get("draw_count"),
                cleaned.get("per_tag"),
            ):
                self.add_error("draw_count", problem)
        return cleaned


def kept(formset: Any) -> list[dict[str, Any]]:
    """What the formset will save, in order."""
    return [
        form.cleaned_data
        for form in formset.ordered_forms
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def _tags_of(questions: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for pk, name in TaggedQuestion.objects.filter(content_object__in=questions).values_list(
        "content_object_id", "tag__name"
    ):
        found.setdefault(pk, []).append(name)
    return found


def choices_problem(kind: str, choices: list[dict[str, Any]]) -> str:
    """What is wrong with the choices of a question of this kind; empty if nothing is."""
    known = KINDS.get(kind)
    if known is None:
        return ""
    if kind != QuestionKind.MATCHING and any(choice.get("match") for choice in choices):
        return _("« Va avec » ne sert qu’aux associations : videz-le, ou changez le type.")
    return known.problem(choices)
