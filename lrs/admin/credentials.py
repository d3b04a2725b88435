"""The screens of credentials: «Accès».

A secret goes out in the answer to the very form that asked for it: it is in no address, no session,
no message and no log, and a form that is sent again makes no second one.
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from lrs import permissions
from lrs.admin.credential_forms import (
    CredentialForm,
    NewCredentialForm,
    RevocationForm,
    RotationForm,
)
from lrs.admin.histories import act_of
from lrs.enums import CredentialState
from lrs.models import Credential
from lrs.selectors import credential_history
from lrs.services import (
    credential_create,
    credential_revoke,
    credential_rotate,
    credential_update,
)
from users.models import User

NAME = "acces_xapi"


def credential_url(view: str, credential: Credential) -> str:
    return reverse(f"{NAME}:{view}", args=[credential.pk])


def account_of(request: HttpRequest) -> User:
    """Who acts; the admin lets nobody in without an account."""
    assert isinstance(request.user, User)
    return request.user


def breadcrumbs(*items: dict[str, Any]) -> list[dict[str, Any]]:
    """The way to a page below the list of credentials."""
    index = {"url": reverse(f"{NAME}:index"), "label": _("Accès xAPI")}
    return [*WagtailAdminTemplateMixin.breadcrumbs_items, index, *items]


class CredentialFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=_("État"), choices=CredentialState.choices, method="of_state", empty_label=_("Tous")
    )

    class Meta:
        model = Credential
        fields: list[str] = []

    def of_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_state(CredentialState(value), timezone.now())


class StateColumn(Column):
    """The state as a tag, in the colour of its urgency."""

    cell_template_name = "lrs/admin/state_cell.html"

    class Media:
        css = {"all": ["lrs/admin.css"]}


class TimeColumn(Column):
    cell_template_name = "lrs/admin/time_cell.html"

    def __init__(self, *args: Any, missing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing


class CredentialIndexView(generic.IndexView):
    page_title = _("Accès xAPI")
    add_item_label = _("Créer un accès")

    @property
    def columns(self) -> list[Any]:
        return [
            TitleColumn(
                "name",
                label=_("Nom"),
                sort_key="name",
                get_url=lambda credential: credential_url("inspect", credential),
            ),
            StateColumn("state", label=_("État")),
            Column("scopes", label=_("Droits"), accessor=lambda one: ", ".join(one.scope_labels)),
            BooleanColumn("is_trusted", label=_("Valide des formations")),
            TimeColumn(
                "last_used_at",
                label=_("Dernière utilisation"),
                sort_key="last_used_at",
                missing=_("jamais"),
            ),
            TimeColumn(
                "expires_at", label=_("Expire le"), sort_key="expires_at", missing=_("sans terme")
            ),
        ]


def refused(view: Any, form: Any, refusal: ValidationError) -> HttpResponse:
    """The form again, with what the service said against it, at the fields that it has."""
    said = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for field, texts in said.items():
        form.add_error(field if field in form.fields else None, texts)
    view.produced_error_message = " ".join(refusal.messages)
    response: HttpResponse = view.form_invalid(form)
    return response


class SecretMixin:
    """Shows a secret, once."""

    request: HttpRequest

    @sensitive_variables("secret")
    def secret_response(self, credential: Credential, secret: str) -> HttpResponse:
        context = {
            "credential": credential,
            "secret": secret,
            "endpoint": self.request.build_absolute_uri("/xapi/"),
            "previous_ends": credential.previous_secret_ends(timezone.now()),
            "inspect_url": credential_url("inspect", credential),
            "header_title": _("Secret de « %(name)s »") % {"name": credential.name},
            "header_icon": "key",
            "breadcrumbs_items": breadcrumbs(
                {"url": credential_url("inspect", credential), "label": credential.name},
                {"url": "", "label": _("Secret")},
            ),
        }
        response = TemplateResponse(self.request, "lrs/admin/secret.html", context)
        response["Cache-Control"] = "no-store"
        return response


class CredentialCreateView(SecretMixin, generic.CreateView):
    form_class = NewCredentialForm
    page_title = _("Nouvel accès")
    error_message = _("L’accès n’a pas été créé : corrigez les erreurs.")
    submit_button_label = _("Créer l’accès")

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return breadcrumbs({"url": "", "label": self.page_title})

    @sensitive_variables("secret")
    def form_valid(self, form: Any) -> HttpResponse:
        data = dict(form.cleaned_data)
        uid = data.pop("token")
        known = Credential.objects.filter(uid=uid).first()
        if known is not None:
            text = _("Cet accès est déjà créé ; son secret n’a été montré qu’une fois.")
            messages.warning(self.request, text)
            return redirect(credential_url("inspect", known))
        try:
            credential, secret = credential_create(uid=uid, actor=account_of(self.request), **data)
        except ValidationError as refusal:
            return refused(self, form, refusal)
        return self.secret_response(credential, secret)


class CredentialEditView(generic.EditView):
    form_class = CredentialForm
    success_message = _("L’accès « %(object)s » est modifié.")
    error_message = _("L’accès n’a pas été modifié : corrigez les erreurs.")

    def get_object(self, queryset: Any = None) -> Credential:
        return get_object_or_404(Credential, pk=self.kwargs["pk"], revoked_at=None)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return breadcrumbs(
            {"url": credential_url("inspect", self.object), "label": self.object.name},
            {"url": "", "label": _("Modifier")},
        )

    def save_instance(self) -> Credential:
        return credential_update(
            credential=self.object, actor=account_of(self.request), **self.form.cleaned_data
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            return refused(self, form, refusal)

    def get_success_url(self) -> str:
        return credential_url("inspect", self.object)

    def get_success_buttons(self) -> list[Any]:
        return []


class CredentialActView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A form that does one thing to one credential, while it is not revoked."""

    model = Credential
    permission_required = "change"
    template_name = "lrs/admin/act.html"
    header_icon = "key"
    explanation: Any = ""
    submit_button_label: Any = ""
    is_serious = False
    produced_error_message = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.credential = get_object_or_404(Credential, pk=kwargs["pk"], revoked_at=None)

    def get_page_subtitle(self) -> str:
        return self.credential.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return breadcrumbs(
            {"url": credential_url("inspect", self.credential), "label": self.credential.name},
            {"url": "", "label": self.page_title},
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            credential=self.credential,
            explanation=self.explanation,
            submit_label=self.submit_button_label,
            is_serious=self.is_serious,
            inspect_url=credential_url("inspect", self.credential),
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return self.act(form.cleaned_data)
        except ValidationError as refusal:
            return refused(self, form, refusal)

    def act(self, data: dict[str, Any]) -> HttpResponse:
        raise NotImplementedError


class CredentialRotateView(SecretMixin, CredentialActView):
    form_class = RotationForm
    page_title = _("Renouveler le secret")
    explanation = _(
        "Un nouveau secret est créé et montré une seule fois. La clé ne change pas, ni les droits."
    )
    submit_button_label = _("Renouveler le secret")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self._seen()}

    @sensitive_variables("secret")
    def act(self, data: dict[str, Any]) -> HttpResponse:
        if data["seen"] != self._seen():
            messages.warning(self.request, _("Le secret vient déjà d’être renouvelé."))
            return redirect(credential_url("inspect", self.credential))
        credential, secret = credential_rotate(
            credential=self.credential, grace=data["grace"], actor=account_of(self.request)
        )
        return self.secret_response(credential, secret)

    def _seen(self) -> str:
        """Which secret the form is about, by the time it was made."""
        return self.credential.rotated_at.isoformat() if self.credential.rotated_at else ""


class CredentialRevokeView(CredentialActView):
    form_class = RevocationForm
    page_title = _("Révoquer")
    explanation = _(
        "Le système qui utilise cet accès sera refusé dès maintenant et pour toujours. Les traces "
        "qu’il a envoyées restent."
    )
    submit_button_label = _("Révoquer cet accès")
    is_serious = True

    def act(self, data: dict[str, Any]) -> HttpResponse:
        credential_revoke(
            credential=self.credential, reason=data["reason"], actor=account_of(self.request)
        )
        text = _("L’accès « %(name)s » est révoqué.") % {"name": self.credential.name}
        messages.success(self.request, text)
        return redirect(credential_url("inspect", self.credential))


class CredentialInspectView(generic.InspectView):
    any_permission_required = ["view"]
    page_title = _("Accès xAPI")
    template_name = "lrs/admin/credential.html"
    header_more_buttons: list[Any] = []

    def get_fields_context(self) -> list[Any]:
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return breadcrumbs({"url": "", "label": self.object.name})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        may_change = permissions.may_change_credentials(user) and not self.object.is_revoked
        return super().get_context_data(
            credential=self.object,
            previous_ends=self.object.previous_secret_ends(timezone.now()),
            history=[act_of(entry) for entry in credential_history(credential=self.object)],
            may_change=may_change,
            may_browse=permissions.may_browse_statements(user),
            **kwargs,
        )


class CredentialViewSet(ModelViewSet):
    model = Credential
    icon = "key"
    menu_label = _("Accès")
    add_to_reference_index = False  # nothing publishable refers to a credential
    search_backend_name = None
    search_fields = ["name", "key", "establishment_scope"]
    filterset_class = CredentialFilterSet
    list_per_page = 50
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = CredentialIndexView
    add_view_class = CredentialCreateView
    edit_view_class = CredentialEditView
    inspect_view_class = CredentialInspectView
    form_fields = CredentialForm.Meta.fields

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """The history is on the page itself, and nobody deletes."""
        absent = dict.fromkeys(("history_url_name", "usage_url_name", "delete_url_name"))
        return super().get_common_view_kwargs(**{**absent, **kwargs}) | absent

    def get_form_class(self, for_update: bool = False) -> type[CredentialForm]:
        return CredentialForm if for_update else NewCredentialForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/edit/", self.edit_view, name="edit"),
            path("<int:pk>/rotate/", CredentialRotateView.as_view(), name="rotate"),
            path("<int:pk>/revoke/", CredentialRevokeView.as_view(), name="revoke"),
        ]

    def get_permissions_to_register(self) -> Any:
        permissions = super().get_permissions_to_register()
        return permissions.exclude(codename__startswith="delete_")
