"""The «Apprentissage» menu of the Wagtail admin, and the check before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from courses.admin import publishing
from courses.admin.visitors import VisitorsViewSet
from courses.models import LessonPage, ModulePage
from quizzes.analysis import views as analysis
from quizzes.analysis.views import AnalysisViewSet
from quizzes.viewsets import QuestionViewSet, QuizViewSet
from training.viewsets import RequirementViewSet, RetrainingViewSet


class LearningGroup(SnippetViewSetGroup):
    menu_label = _("Apprentissage")
    menu_icon = "pick"
    menu_order = 220
    items = (
        QuizViewSet,
        QuestionViewSet,
        AnalysisViewSet(analysis.NAME, url_prefix="quiz/analyse"),
        VisitorsViewSet("visitors", url_prefix="formations/sans-connexion"),
        RequirementViewSet,
        RetrainingViewSet,
    )


register_snippet(LearningGroup)

hooks.register("register_admin_urls", publishing.urls)
hooks.register("before_publish_page", publishing.before_publish)
hooks.register("before_bulk_action", publishing.before_bulk_publish)


@hooks.register("register_page_header_buttons")
def check_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """«Vérifier» on a module or a lesson: what is missing, at any time."""
    if isinstance(page.specific, ModulePage | LessonPage):
        address = reverse("courses_check", args=[page.pk])
        label = _("Vérifier avant de publier")
        yield Button(label, address, icon_name="clipboard-list", priority=5)
