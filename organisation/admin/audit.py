"""The audit log: filtered, read, taken away as a file. Nobody writes here.

It stands in this room because files are made below it and the log itself is at the very bottom.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Media
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from documents.exports import FILE_RESPONSES, ExportTable, Value
from organisation.journal import MOST, actor_of, by_actor, entries_told, told_in_parts
from users.audit import ACTS, ActKind, actions_of, sentence_of
from users.models import AuditEntry, User
from users.permissions import may_read_audit
from users.services import audit_record

NAME = "journal"


class AuditFilterSet(WagtailFilterSet):
    """Who, what, on what, when."""

    actor = django_filters.CharFilter(
        label=gettext_lazy("Auteur (nom ou adresse)"), method="by_actor"
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Nature"), choices=ActKind.choices, method="by_kind"
    )
    action = django_filters.ChoiceFilter(
        label=gettext_lazy("Action"),
        choices=lambda: sorted(
            ((name, str(act.sentence)) for name, act in ACTS.items()), key=lambda one: one[1]
        ),
    )
    target = django_filters.CharFilter(
        label=gettext_lazy("Objet (une partie suffit)"), lookup_expr="icontains"
    )
    at = django_filters.DateFromToRangeFilter(
        label=gettext_lazy("Période"), widget=DateRangePickerWidget
    )

    class Meta:
        model = AuditEntry
        fields = ["actor", "kind", "action", "target", "at"]

    def by_actor(self, rows: QuerySet[AuditEntry], name: str, text: str) -> QuerySet[AuditEntry]:
        return by_actor(rows, text)

    def by_kind(self, rows: QuerySet[AuditEntry], name: str, kind: str) -> QuerySet[AuditEntry]:
        return rows.filter(action__in=actions_of(kind))


def entries() -> QuerySet[AuditEntry]:
    return AuditEntry.objects.select_related("actor").order_by("-at", "-pk")


def moment_of(entry: AuditEntry) -> str:
    return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"


def moment_shown(entry: AuditEntry) -> str:
    """As the French write it; a file has the form that sorts."""
    return f"{timezone.localtime(entry.at):%d/%m/%Y %H:%M:%S}"


class FactsColumn(Column):
    """What an entry says, a fact a line."""

    cell_template_name = "organisation/audit_facts.html"


class AuditIndexView(generic.IndexView):
    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page's entries carry their facts, read for all of them at once."""
        context = super().get_context_data(*args, **kwargs)
        facts = {told.entry.pk: told.facts for told in entries_told(context["object_list"])}
        for entry in context["object_list"]:
            entry.facts = facts[entry.pk]
        context["media"] = context["media"] + Media(css={"all": ["organisation/audit.css"]})
        return context

    def get_base_queryset(self) -> QuerySet[AuditEntry]:
        return entries()

    @property
    def header_buttons(self) -> list[HeaderButton]:
        asked = self.request.GET.urlencode()
        return [
            HeaderButton(
                label=label,
                url=f"{reverse(f'{NAME}:file', args=[kind])}?{asked}",
                icon_name="download",
            )
            for kind, label in (("xlsx", _("Exporter en XLSX")), ("csv", _("Exporter en CSV")))
        ]


class AuditFileView(View):
    """What the filters show, as a file; that it was taken is an entry itself."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        if not may_read_audit(request.user):
            raise PermissionDenied
        if kind not in FILE_RESPONSES:
            raise Http404
        found = AuditFilterSet(request.GET, queryset=entries(), request=request)
        rows = found.qs if found.is_valid() else entries().none()
        assert isinstance(request.user, User)
        audit_record(
            actor=request.user,
            action="audit.export",
            target=f"journal.{kind}",
            details={"filters": {name: text for name, text in request.GET.items() if text}},
        )
        return FILE_RESPONSES[kind](_table(rows, request))


def _table(rows: QuerySet[AuditEntry], request: HttpRequest) -> ExportTable:
    now = timezone.localtime()
    return ExportTable(
        title=_("Journal d’audit"),
        filename=f"journal-audit-{now:%Y-%m-%d}",
        notes=[
            (_("Établi le"), f"{now:%d/%m/%Y %H:%M}"),
            (_("Filtres"), request.GET.urlencode() or _("aucun")),
            (_("Lignes"), _("%(most)d au plus, les plus récentes") % {"most": MOST}),
        ],
        header=[
            *(_("Date et heure"), _("Auteur"), _("Action"), _("Code de l’action")),
            *(_("Objet"), _("Précisions")),
        ],
        rows=_rows(rows),
        widths=(20, 40, 36, 28, 46, 60),
    )


def _rows(rows: QuerySet[AuditEntry]) -> Iterator[list[Value]]:
    """A part at a time."""
    for told in told_in_parts(rows):
        entry = told.entry
        yield [
            moment_of(entry),
            told.actor,
            told.sentence,
            entry.action,
            entry.target,
            told.text,
        ]


class AuditViewSet(ModelViewSet):
    """The «Journal d'audit» menu."""

    model = AuditEntry
    icon = "history"
    menu_label = gettext_lazy("Journal d’audit")
    menu_order = 330
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    filterset_class = AuditFilterSet
    index_view_class = AuditIndexView
    form_fields = ["action"]  # no form is ever shown; the viewset wants to know one
    list_display = [
        Column("at", label=gettext_lazy("Date et heure"), accessor=moment_shown),
        Column("actor", label=gettext_lazy("Auteur"), accessor=actor_of),
        Column(
            "action",
            label=gettext_lazy("Action"),
            accessor=lambda entry: sentence_of(entry.action),
        ),
        Column("target", label=gettext_lazy("Objet")),
        FactsColumn("details", label=gettext_lazy("Précisions"), accessor="facts"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        wanted = {"index", "index_results"}
        return [
            *(one for one in super().get_urlpatterns() if one.name in wanted),
            path("fichier/<slug:kind>/", AuditFileView.as_view(), name="file"),
        ]

    def get_permissions_to_register(self) -> Any:
        return super().get_permissions_to_register().filter(codename="view_auditentry")
