"""The question bank and the quizzes in the Wagtail admin; `courses` puts them in its menu."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from quizzes.forms import QuestionForm, QuizForm
from quizzes.gaps import question_gaps
from quizzes.models import Question, QuestionTag, Quiz


class QuestionFilterSet(WagtailFilterSet):
    tags = django_filters.ModelMultipleChoiceFilter(
        queryset=QuestionTag.objects.order_by("name"), label=_("Thèmes")
    )

    class Meta:
        model = Question
        fields = ["kind", "difficulty", "tags"]


class SaysGaps:
    """After saving, what the question still lacks to teach well; it is saved all the same."""

    object: Any
    request: HttpRequest

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()  # type: ignore[misc]
        for gap in question_gaps(self.object):
            messages.warning(self.request, gap)
        return response


class QuestionCreateView(SaysGaps, CreateView):
    pass


class QuestionEditView(SaysGaps, EditView):
    pass


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["text", "kind", "difficulty"]
    filterset_class = QuestionFilterSet
    search_fields = ["text"]
    add_view_class = QuestionCreateView
    edit_view_class = QuestionEditView
    edit_handler = ObjectList(
        [
            FieldPanel("text"),
            FieldPanel("image"),
            FieldRowPanel(
                [FieldPanel("kind"), FieldPanel("difficulty")],
                help_text=_(
                    "Association : chaque réponse « va avec » une autre. Mise en ordre : écrivez "
                    "les étapes dans le bon ordre ; elles seront mélangées."
                ),
            ),
            FieldPanel("scoring"),
            InlinePanel(
                "choices",
                heading=_("Réponses possibles"),
                label=_("Réponse"),
                min_num=2,
                max_num=8,
                panels=[
                    FieldPanel("text"),
                    FieldPanel("match"),
                    FieldPanel("is_correct"),
                    FieldPanel("feedback"),
                ],
            ),
            FieldPanel("explanation"),
            FieldPanel("tags"),
        ],
        base_form_class=QuestionForm,
    )


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "list-ol"
    menu_label = _("Quiz")
    list_display = ["title"]
    search_fields = ["title"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            InlinePanel(
                "items",
                heading=_("Questions, dans l’ordre"),
                label=_("Question"),
                min_num=1,
                panels=[FieldPanel("question")],
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("draw_count"), FieldPanel("per_tag")]),
                    FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_choices")]),
                ],
                heading=_("Tirage"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("pass_mark"),
                    FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("cooldown_minutes")]),
                ],
                heading=_("Réussite et tentatives"),
            ),
        ],
        base_form_class=QuizForm,
    )
