"""The «Apprentissage» menu of the Wagtail admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from courses.admin.visitors import VisitorsViewSet
from quizzes.analysis import views as analysis
from quizzes.analysis.views import AnalysisViewSet
from quizzes.viewsets import QuestionViewSet, QuizViewSet
from training.viewsets import ParticipationViewSet, RequirementViewSet, RetrainingViewSet


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
        ParticipationViewSet,
        RetrainingViewSet,
    )


register_snippet(LearningGroup)
