"""How many take each module without sign-in, for editors: figures, and nobody behind them."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from courses.models import ModulePage
from courses.selectors import VisitorCount, visitor_counts


class VisitorsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "courses/admin/visitors.html"
    page_title = _("Suivi sans connexion")
    header_icon = "group"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        modules = list(ModulePage.objects.order_by("path"))
        counts = visitor_counts(trainable_ids=[module.trainable_id for module in modules])
        lines = [(module, counts.get(module.trainable_id, VisitorCount())) for module in modules]
        return super().get_context_data(lines=lines, **kwargs)


class VisitorsViewSet(ViewSet):
    icon = "group"
    menu_label = _("Suivi sans connexion")

    def get_urlpatterns(self) -> list[Any]:
        return [path("", VisitorsView.as_view(), name="index")]
