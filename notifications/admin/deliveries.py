"""The log of mails: filtered, read, and tried again."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from notifications.admin.wording import category_label, run_title
from notifications.enums import DeliveryState, SkipReason
from notifications.models import Delivery
from notifications.permissions import may_retry_mails
from notifications.registry import categories
from notifications.selectors import deliveries_with_runs
from notifications.services import deliveries_retry
from notifications.services.retrying import RETRIABLE
from users.models import User

NAME = "courriels"


class DeliveryFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=DeliveryState.choices)
    skip_reason = django_filters.ChoiceFilter(
        label=gettext_lazy("Motif"), choices=SkipReason.choices
    )
    category = django_filters.ChoiceFilter(label=gettext_lazy("Nature"), choices=list)
    address = django_filters.CharFilter(
        label=gettext_lazy("Adresse (une partie suffit)"), lookup_expr="icontains"
    )
    run = django_filters.NumberFilter(label=gettext_lazy("N° d’envoi groupé"))

    class Meta:
        model = Delivery
        fields = ["state", "skip_reason", "category", "address", "run"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.name, capfirst(one.label)) for one in categories()]
        self.filters["category"].extra["choices"] = choices


class DeliveryIndexView(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Delivery]:
        return deliveries_with_runs()


class DeliveryInspectView(generic.InspectView):
    """One mail: its life, and its text as long as it is kept."""

    page_title = gettext_lazy("Courriel")
    template_name = "notifications/admin/delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        delivery = self.object
        return context | {
            "delivery": delivery,
            "category": category_label(delivery.category),
            "run_label": run_title(delivery.run) if delivery.run else "",
            "may_retry": (
                may_retry_mails(self.request.user)
                and delivery.state in RETRIABLE
                and bool(delivery.text)
            ),
        }


class RetryView(View):
    """Queue one failed mail again, or all; POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if not may_retry_mails(request.user):
            raise PermissionDenied
        assert isinstance(request.user, User)
        count = deliveries_retry(actor=request.user, deliveries=None if pk is None else [pk])
        said = ngettext(
            "%d courriel remis en file d’attente.",
            "%d courriels remis en file d’attente.",
            count,
        )
        if count:
            messages.success(request, said % count)
        else:
            messages.warning(request, _("Aucun courriel à renvoyer."))
        return redirect("envois:index") if pk is None else redirect(f"{NAME}:inspect", pk)


class AddressColumn(TitleColumn):
    class Media:
        css = {"all": ["lrs/admin.css"]}


class DeliveryViewSet(ModelViewSet):
    """The «Courriels» menu."""

    model = Delivery
    icon = "mail"
    menu_label = gettext_lazy("Courriels")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None
    list_per_page = 50
    ordering = ["-created_at", "-pk"]
    filterset_class = DeliveryFilterSet
    index_view_class = DeliveryIndexView
    inspect_view_class = DeliveryInspectView
    form_fields = ["state"]  # no form is ever shown; the viewset wants to know one
    list_display = [
        AddressColumn(
            "address",
            label=gettext_lazy("Adresse"),
            accessor=lambda delivery: delivery.address or gettext_lazy("sans adresse"),
            get_url=lambda delivery: reverse(f"{NAME}:inspect", args=[delivery.pk]),
        ),
        Column(
            "category",
            label=gettext_lazy("Nature"),
            accessor=lambda delivery: category_label(delivery.category),
        ),
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor=lambda delivery: delivery.get_state_display(),
            primary=lambda delivery: delivery.state == DeliveryState.SENT,
        ),
        Column(
            "reason",
            label=gettext_lazy("Motif ou erreur"),
            accessor=lambda delivery: (
                delivery.get_skip_reason_display() or delivery.last_error[:120]
            ),
        ),
        DateColumn("created_at", label=gettext_lazy("Créé")),
        DateColumn("sent_at", label=gettext_lazy("Envoyé")),
    ]

    @property
    def inspect_template_name(self) -> str:
        return DeliveryInspectView.template_name

    def get_urlpatterns(self) -> list[Any]:
        wanted = {"index", "index_results", "inspect"}
        return [
            *(one for one in super().get_urlpatterns() if one.name in wanted),
            path("reessayer/", RetryView.as_view(), name="retry_all"),
            path("<int:pk>/reessayer/", RetryView.as_view(), name="retry"),
        ]

    def get_permissions_to_register(self) -> Any:
        permissions = super().get_permissions_to_register()
        return permissions.filter(codename__in=["view_delivery", "change_delivery"])
