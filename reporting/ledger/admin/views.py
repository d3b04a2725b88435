"""What stands, what waits, and what the night's count found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from reporting.ledger.selectors import ledger_health
from reporting.permissions import may_follow_figures


class LedgerView(WagtailAdminTemplateMixin, TemplateView):
    """For those who run the platform; it changes nothing."""

    template_name = "reporting/admin/ledger.html"
    page_title = gettext_lazy("Chiffres de couverture")
    header_icon = "view"
    _show_breadcrumbs = True

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not may_follow_figures(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(health=ledger_health(), **kwargs)
