"""Item analysis in the Wagtail admin."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from documents.exports import ExportTable, Value, csv_response
from quizzes import permissions
from quizzes.analysis.figures import MIN_CORRELATED, MIN_SHOWN
from quizzes.analysis.selectors import (
    Figures,
    Line,
    Scope,
    analysis_lines,
    attempt_figures,
    figures_by_question,
    is_rewritten,
    picks_of,
)
from quizzes.models import Question, Quiz
from users.models import User
from users.services import audit_record

NAME = "quiz_analysis"
PERIODS = (("90", gettext_lazy("90 jours")), ("365", gettext_lazy("12 mois")))


class ScopeForm(forms.Form):
    quiz = forms.ModelChoiceField(
        label=gettext_lazy("Quiz"),
        queryset=Quiz.objects.order_by("title"),
        required=False,
        empty_label=gettext_lazy("Toute la banque"),
    )
    days = forms.ChoiceField(
        label=gettext_lazy("Période"),
        choices=[("", gettext_lazy("Depuis le début")), *PERIODS],
        required=False,
    )

    def scope(self, now: dt.datetime) -> Scope:
        """What was asked for; what makes no sense counts as not asked."""
        asked = self.cleaned_data if self.is_valid() else {}
        days = asked.get("days")
        since = now - dt.timedelta(days=int(days)) if days else None
        return Scope(quiz=asked.get("quiz"), since=since)


class ReadsAnswers(View):
    """Who may open it, and which answers it counts."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_read_analysis(request.user):
            raise PermissionDenied
        self.form = ScopeForm(request.GET, label_suffix="")
        self.now = timezone.now()
        self.scope = self.form.scope(self.now)
        return super().dispatch(request, *args, **kwargs)


class AnalysisView(ReadsAnswers, WagtailAdminTemplateMixin, TemplateView):
    """What both screens share."""

    header_icon = "order"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            form=self.form,
            scope=self.scope,
            now=self.now,
            index_url=reverse(f"{NAME}:index"),
            query=self.request.GET.urlencode(),
            min_shown=MIN_SHOWN,
            min_correlated=MIN_CORRELATED,
            **kwargs,
        )


class AnalysisIndexView(AnalysisView):
    template_name = "quizzes/admin/analysis.html"
    page_title = gettext_lazy("Analyse des questions")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = analysis_lines(self.scope)
        return super().get_context_data(
            lines=[(line, remark(line.figures)) for line in lines],
            attempts=attempt_figures(self.scope),
            csv_url=reverse(f"{NAME}:csv"),
            **kwargs,
        )


class AnalysisFileView(ReadsAnswers):
    """The same table for a spreadsheet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        assert isinstance(request.user, User)
        audit_record(actor=request.user, action="quizzes.export", target="analyse.csv")
        return csv_response(
            ExportTable(
                title=_("Analyse des questions"),
                filename=f"analyse-questions-{timezone.localdate(self.now):%Y-%m-%d}",
                notes=[],
                header=[
                    *(_("Question"), _("Type"), _("Difficulté annoncée"), _("Thèmes")),
                    *(_("Réponses"), _("Facilité"), _("Discrimination")),
                    *(_("Durée médiane (s)"), _("Formulations")),
                ],
                rows=self._rows(),
            )
        )

    def _rows(self) -> Iterator[list[Value]]:
        for line in analysis_lines(self.scope):
            figures = line.figures
            yield [
                line.question.text,
                str(line.question.get_kind_display()),
                str(line.question.get_difficulty_display()),
                ", ".join(line.tags),
                figures.answers,
                figures.facility,
                figures.discrimination,
                figures.median_seconds,
                figures.wordings,
            ]


class AnalysisQuestionView(AnalysisView):
    """What was chosen in one question."""

    template_name = "quizzes/admin/analysis_question.html"
    page_title = gettext_lazy("Analyse d’une question")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.uid: uuid.UUID = kwargs["uid"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = f"{reverse(f'{NAME}:index')}?{self.request.GET.urlencode()}".rstrip("?")
        return [
            *self.breadcrumbs_items,
            {"url": index, "label": AnalysisIndexView.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = get_object_or_404(
            Question.objects.select_related("image").prefetch_related(
                "choices", "tagged_items__tag"
            ),
            uid=self.uid,
        )
        figures = figures_by_question(self.scope, question_uid=self.uid).get(self.uid, Figures())
        return super().get_context_data(
            line=Line(question, [], figures),
            remark=remark(figures),
            picks=picks_of(question, self.scope),
            is_rewritten=is_rewritten(question, figures),
            **kwargs,
        )


def remark(figures: Figures) -> str:
    """What the figures suggest to an editor, in French; empty if nothing stands out."""
    if figures.discrimination is not None and figures.discrimination < 0:
        return _("Ceux qui réussissent ailleurs se trompent ici : relisez l’énoncé et le corrigé.")
    if figures.discrimination is not None and figures.discrimination < 0.1:
        return _("Ne distingue guère ceux qui ont compris.")
    if figures.facility is not None and figures.facility < 0.3:
        return _("Peu réussissent : question ou leçon à éclaircir ?")
    if figures.facility is not None and figures.facility > 0.97:
        return _("Presque tous réussissent : apprend-elle encore quelque chose ?")
    return ""


class AnalysisMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_read_analysis(request.user)


class AnalysisViewSet(ViewSet):
    icon = "order"
    menu_label = gettext_lazy("Analyse des questions")
    menu_item_class = AnalysisMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", AnalysisIndexView.as_view(), name="index"),
            path("csv/", AnalysisFileView.as_view(), name="csv"),
            path("<uuid:uid>/", AnalysisQuestionView.as_view(), name="question"),
        ]
