"""The reach of the campaign among the reports of the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from reporting.permissions import edits_assets


class ReachMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return edits_assets(request.user)


@hooks.register("register_reports_menu_item")
def reach_report() -> MenuItem:
    return ReachMenuItem(
        _("Portée de la campagne"), reverse("reporting:reach"), icon_name="view", order=1200
    )
