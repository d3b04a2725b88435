"""Destinations: how each stands, what it refused, and sending a span of time again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from lrs.admin.forwarding_forms import ForwardForm, ReplayForm
from lrs.enums import ForwardState
from lrs.models import Forward
from lrs.permissions import forwarding_manage
from lrs.selectors import forwards_with_health, outbox_set_aside, statements_stored_count
from lrs.services import (
    connection_test,
    forward_close,
    forward_create,
    forward_pause,
    forward_resume,
    forward_update,
    outbox_retry,
    replay_request,
)
from users.admin.views import ServiceCreateView, ServiceEditView

_PAGE = 20


class ForwardCreateView(ServiceCreateView):
    def write(self, data: dict[str, Any], actor: Any) -> models.Model:
        return forward_create(actor=actor, **data)


class ForwardEditView(ServiceEditView):
    def write(self, data: dict[str, Any], actor: Any) -> models.Model:
        stored = self.stored()
        forward_update(forward=stored, actor=actor, **data)
        return stored


class ForwardIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return forwards_with_health()


class ForwardInspectView(generic.InspectView):
    """One destination: its health, what it refused, its replays."""

    page_title = gettext_lazy("Suivi")
    template_name = "lrs/admin/forward.html"

    def get_object(self, queryset: Any = None) -> Forward:
        return get_object_or_404(forwards_with_health(), pk=self.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        forward = self.object
        pages = Paginator(outbox_set_aside(forward=forward), _PAGE)
        return context | {
            "forward": forward,
            "lag": _lag(forward),
            "refused": pages.get_page(self.request.GET.get("page")),
            "replays": forward.replays.filter(sends_again=True)[:5],
            "may_manage": forwarding_manage(self.request.user),
            "action_url": reverse("transmission:act", args=[forward.pk]),
            "inspect_url": reverse("transmission:inspect", args=[forward.pk]),
            **self._replay(),
        }

    def _replay(self) -> dict[str, Any]:
        """A span that was asked about is counted; it is sent when that is confirmed."""
        if "since" not in self.request.GET:
            return {"replay_form": ReplayForm(), "replay_count": None}
        form = ReplayForm(self.request.GET)
        count = statements_stored_count(**form.cleaned_data) if form.is_valid() else None
        return {"replay_form": form, "replay_count": count}


class ForwardActionView(View):
    """What an operator does with a destination; POST only."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not forwarding_manage(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        forward = get_object_or_404(Forward, pk=pk)
        act = _ACTIONS.get(request.POST.get("action", ""))
        if act is None:
            raise PermissionDenied
        act(request, forward)
        return redirect("transmission:inspect", pk)


def _change(service: Callable[..., Any], said: Any, request: HttpRequest, forward: Forward) -> None:
    service(forward=forward, actor=request.user)
    messages.success(request, said)


def _test(request: HttpRequest, forward: Forward) -> None:
    report = connection_test(forward=forward)
    (messages.success if report.is_good else messages.error)(request, report.text)


def _retry(request: HttpRequest, forward: Forward) -> None:
    row = request.POST.get("row", "")
    rows = [int(row)] if row.isascii() and row.isdigit() else None
    count = outbox_retry(forward=forward, rows=rows, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, _("Traces remises en file d’attente : %d.") % count)


def _replay(request: HttpRequest, forward: Forward) -> None:
    form = ReplayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("La période ne peut pas être lue."))
        return
    try:
        replay_request(forward=forward, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le rejeu est lancé ; son avancement s’affiche ici."))


_ACTIONS: dict[str, Callable[[HttpRequest, Forward], None]] = {
    "pause": partial(_change, forward_pause, gettext_lazy("La transmission est en pause.")),
    "resume": partial(_change, forward_resume, gettext_lazy("La transmission reprend.")),
    "close": partial(_change, forward_close, gettext_lazy("La destination est fermée.")),
    "test": _test,
    "retry": _retry,
    "replay": _replay,
}


def _lag(forward: Any) -> str:
    """How long the oldest waiting statement has been stored."""
    return timesince(forward.oldest_waiting) if forward.oldest_waiting else ""


class NameColumn(TitleColumn):
    """The name, wide enough on a narrow screen."""

    class Media:
        css = {"all": ["lrs/admin.css"]}


class ForwardViewSet(ModelViewSet):
    """The «Transmission» menu."""

    model = Forward
    icon = "mail"
    menu_label = gettext_lazy("Transmission")
    add_to_reference_index = False  # nothing publishable refers to a destination
    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None
    search_fields = ["name", "endpoint"]
    list_per_page = 50
    list_display = [
        NameColumn(
            "name",
            label=gettext_lazy("Nom"),
            get_url=lambda forward: reverse("transmission:inspect", args=[forward.pk]),
        ),
        StatusTagColumn(
            "state",
            label=gettext_lazy("État"),
            accessor="get_state_display",
            primary=lambda forward: forward.state == ForwardState.ACTIVE,
        ),
        NumberColumn("backlog", label=gettext_lazy("En attente")),
        Column("lag", label=gettext_lazy("Retard"), accessor=_lag),
        NumberColumn("set_aside", label=gettext_lazy("Mises de côté")),
        DateColumn("last_success_at", label=gettext_lazy("Dernier succès")),
        Column(
            "last_error",
            label=gettext_lazy("Dernière erreur"),
            accessor=lambda forward: forward.last_error[:120],
        ),
    ]
    index_view_class = ForwardIndexView
    add_view_class = ForwardCreateView
    edit_view_class = ForwardEditView
    inspect_view_class = ForwardInspectView

    @property
    def inspect_template_name(self) -> str:
        return ForwardInspectView.template_name

    def get_form_class(self, for_update: bool = False) -> type[ForwardForm]:
        return ForwardForm

    def get_urlpatterns(self) -> list[Any]:
        act = path("<int:pk>/action/", ForwardActionView.as_view(), name="act")
        return [*super().get_urlpatterns(), act]

    def get_permissions_to_register(self) -> Any:
        permissions = super().get_permissions_to_register()
        return permissions.exclude(codename__startswith="delete_")
