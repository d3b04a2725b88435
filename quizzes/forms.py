"""The form of a question in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from quizzes.enums import QuestionKind

TRUE, FALSE = "Vrai", "Faux"


class QuestionForm(WagtailAdminModelForm):
    """Refuses a question that nobody could answer rightly."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets["choices"]
        if formset.is_valid():
            choices = [
                form.cleaned_data
                for form in formset.ordered_forms
                if not form.cleaned_data.get("DELETE")
            ]
            problem = choices_problem(cleaned.get("kind", ""), choices)
            if problem:
                self.add_error("kind", problem)
        return cleaned


def choices_problem(kind: str, choices: list[dict[str, Any]]) -> str:
    """What is wrong with the choices of a question of this kind; empty if nothing is."""
    right = sum(bool(choice.get("is_correct")) for choice in choices)
    if kind == QuestionKind.TRUE_FALSE and [c.get("text") for c in choices] != [TRUE, FALSE]:
        return _("Vrai ou faux : donnez deux réponses, « Vrai » puis « Faux ».")
    if kind == QuestionKind.MULTIPLE and right < 2:
        return _("Plusieurs bonnes réponses : cochez-en au moins deux.")
    if kind != QuestionKind.MULTIPLE and right != 1:
        return _("Cochez une bonne réponse, et une seule.")
    return ""
