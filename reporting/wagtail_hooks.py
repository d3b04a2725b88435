"""The reach of the campaign and the state of the figures among the reports of the Wagtail admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from reporting.ledger.admin.home import difference_panels
from reporting.ledger.admin.views import LedgerView
from reporting.permissions import edits_assets, may_follow_figures


class ReachMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return edits_assets(request.user)


class LedgerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_follow_figures(request.user)


@hooks.register("register_reports_menu_item")
def reach_report() -> MenuItem:
    return ReachMenuItem(
        _("Portée de la campagne"), reverse("reporting:reach"), icon_name="view", order=1200
    )


@hooks.register("register_admin_urls")
def ledger_urls() -> list[URLPattern]:
    return [path("couverture/chiffres/", LedgerView.as_view(), name="coverage_ledger")]


@hooks.register("register_reports_menu_item")
def ledger_report() -> MenuItem:
    return LedgerMenuItem(
        _("Chiffres de couverture"), reverse("coverage_ledger"), icon_name="view", order=1210
    )


@hooks.register("construct_homepage_panels")
def note_differences(request: HttpRequest, panels: list[Any]) -> None:
    panels[:0] = difference_panels(request.user)
