"""The question bank and the quizzes in the Wagtail admin; `courses` puts them in its menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from quizzes.forms import QuestionForm
from quizzes.models import Question, Quiz


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    list_display = ["text", "kind"]
    list_filter = ["kind"]
    search_fields = ["text"]
    edit_handler = ObjectList(
        [
            FieldPanel("text"),
            FieldPanel("kind"),
            InlinePanel(
                "choices",
                heading=_("Réponses possibles"),
                label=_("Réponse"),
                min_num=2,
                max_num=8,
                panels=[FieldPanel("text"), FieldPanel("is_correct"), FieldPanel("feedback")],
            ),
            FieldPanel("explanation"),
        ],
        base_form_class=QuestionForm,
    )


class QuizViewSet(SnippetViewSet):
    model = Quiz
    icon = "list-ol"
    menu_label = _("Quiz")
    list_display = ["title"]
    search_fields = ["title"]
    panels = [
        FieldPanel("title"),
        InlinePanel(
            "items",
            heading=_("Questions, dans l’ordre"),
            label=_("Question"),
            min_num=1,
            panels=[FieldPanel("question")],
        ),
    ]
