"""The runs: what was sent each day and week, and what stopped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from notifications.admin.wording import run_lines
from notifications.models import Run
from notifications.permissions import may_retry_mails, may_see_mails
from notifications.selectors import runs_in_trouble, runs_latest, states_of_runs
from notifications.services import run_resume_request
from users.models import User


class RunsView(WagtailAdminTemplateMixin, TemplateView):
    """The last runs; those that failed or stalled once more on top."""

    template_name = "notifications/admin/runs.html"
    page_title = gettext_lazy("Envois")
    header_icon = "mail"
    _show_breadcrumbs = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_see_mails(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trouble, latest = runs_in_trouble(), runs_latest()
        states = states_of_runs(runs=[*trouble, *latest])
        return super().get_context_data(
            trouble=run_lines(trouble, trouble, states),
            lines=run_lines(latest, trouble, states),
            may_retry=may_retry_mails(self.request.user),
            **kwargs,
        )


class GoOnView(View):
    """Take up a run that stopped; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_retry_mails(request.user):
            raise PermissionDenied
        assert isinstance(request.user, User)
        run_resume_request(run=get_object_or_404(Run, pk=pk), actor=request.user)
        messages.success(request, _("L’envoi reprend là où il s’est arrêté."))
        return redirect("envois:index")


class RunsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_mails(request.user)


class RunViewSet(ViewSet):
    """The «Envois» menu."""

    icon = "mail"
    menu_label = gettext_lazy("Envois")
    menu_item_class = RunsMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", RunsView.as_view(), name="index"),
            path("<int:pk>/reprendre/", GoOnView.as_view(), name="go_on"),
        ]
