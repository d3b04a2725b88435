"""Every asset with its state, where it is used, and how often it was taken away."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import ReferenceIndex
from wagtail.permissions import page_permission_policy

from campaign_assets.admin import replacing
from campaign_assets.enums import AssetFormat
from campaign_assets.models import AssetPage
from campaign_assets.reach.selectors import with_downloads

NAME = "asset_report"


class UsageColumn(Column):
    """How many places lead to the asset, linked to the list of them."""

    cell_template_name = "campaign_assets/admin/usage_cell.html"


class FilesColumn(Column):
    """The way to replace a file, for the formats that may carry one."""

    cell_template_name = "campaign_assets/admin/files_cell.html"

    def get_value(self, instance: Any) -> bool:
        return instance.format not in (AssetFormat.KIT, AssetFormat.PRESS, AssetFormat.MESSAGE)


class DatesColumn(Column):
    """From when until when it is shown; nothing for what simply is there."""

    cell_template_name = "campaign_assets/admin/dates_cell.html"


COLUMNS = [
    TitleColumn("title", label=_("Ressource"), url_name="wagtailadmin_pages:edit", width="26%"),
    Column("format", label=_("Format"), accessor="get_format_display", sort_key="format"),
    Column("campaign", label=_("Campagne"), accessor="campaign", sort_key="campaign__name"),
    Column("status", label=_("État"), accessor="status_string"),
    Column("reviewer", label=_("Relecture"), accessor="reviewer"),
    DatesColumn("go_live_at", label=_("Parution"), sort_key="go_live_at"),
    UsageColumn("uses", label=_("Utilisée"), sort_key="uses"),
    Column("downloads", label=_("Télécharg."), sort_key="downloads"),
    FilesColumn("files", label=_("Fichiers")),
]


class AssetReportFilterSet(WagtailFilterSet):
    class Meta:
        model = AssetPage
        fields = ["format", "campaign", "theme", "language", "live"]


class AssetReportView(ReportView):
    page_title = _("Suivi des ressources")
    header_icon = "doc-full-inverse"
    model = AssetPage
    filterset_class = AssetReportFilterSet
    columns = COLUMNS
    default_ordering = "title"
    is_searchable = True
    search_fields = ["title"]
    index_url_name = f"{NAME}:index"
    index_results_url_name = f"{NAME}:results"
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    list_export = [
        "title",
        "get_format_display",
        "campaign",
        "status_string",
        "go_live_at",
        "expire_at",
        "uses",
        "downloads",
    ]
    export_headings = {
        "title": _("Ressource"),
        "get_format_display": _("Format"),
        "campaign": _("Campagne"),
        "status_string": _("État"),
        "go_live_at": _("Paraît le"),
        "expire_at": _("Disparaît le"),
        "uses": _("Utilisée"),
        "downloads": _("Téléchargements"),
    }

    def get_base_queryset(self) -> QuerySet[AssetPage]:
        allowed = page_permission_policy.instances_user_has_any_permission_for(
            self.request.user, {"add", "change", "publish"}
        )
        assets: QuerySet[AssetPage] = (
            AssetPage.objects.filter(pk__in=allowed.values("pk"))
            .select_related("campaign", "reviewer")
            .annotate_approved_schedule()
            .prefetch_workflow_states()
            .annotate(uses=_uses())
        )
        return with_downloads(assets)

    def get_queryset(self) -> Any:
        self.queryset = self.get_base_queryset()
        return super().get_queryset()


def _uses() -> Any:
    """The pages, blocks and kits that lead to the asset."""
    found = (
        ReferenceIndex.objects.filter(to_object_id=Cast(OuterRef("pk"), CharField()))
        .filter(to_content_type__app_label__in=("wagtailcore", "campaign_assets"))
        .order_by()
        .values("to_object_id")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


class AssetReportViewSet(ViewSet):
    icon = "doc-full-inverse"
    menu_label = _("Suivi des ressources")

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", AssetReportView.as_view(), name="index"),
            path("resultats/", AssetReportView.as_view(results_only=True), name="results"),
            *replacing.urls(),
        ]
