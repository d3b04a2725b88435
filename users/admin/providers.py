"""The «Fournisseurs d’identité» screens. A secret goes in and never comes out."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from users.admin.views import ServiceCreateView, ServiceEditView
from users.models import IdentityProvider, ProviderKind
from users.providers.saml.attributes import DEFAULTS
from users.providers.saml.metadata import MOST, certificate_ends
from users.providers.services import provider_save

ATTRIBUTES = tuple(DEFAULTS)
_FINESS = re.compile(r"[0-9][0-9AB][0-9]{7}")
RESERVED = ("openid_connect", "saml")
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class DomainsField(forms.CharField):
    """Domains of e-mail addresses, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> Any:
        words = (super().clean(value) or "").lower().replace("@", "").split()
        for word in words:
            if not _DOMAIN.fullmatch(word):
                raise forms.ValidationError(
                    _("« %(word)s » n’est pas un domaine."), params={"word": word}
                )
        return list(dict.fromkeys(words))


class FinessField(forms.CharField):
    """FINESS numbers of legal entities, one on each line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> Any:
        words = (super().clean(value) or "").upper().split()
        for word in words:
            if not _FINESS.fullmatch(word):
                raise forms.ValidationError(
                    _("« %(word)s » n’est pas un numéro FINESS."), params={"word": word}
                )
        return list(dict.fromkeys(words))


def attribute_field(name: str, label: Any) -> forms.CharField:
    """What an attribute is called at the provider, where that is none of the usual names."""
    usual = ", ".join(DEFAULTS[name])
    text = _("Vide : le premier présent de {usual}.")
    return forms.CharField(
        label=label, required=False, max_length=300, help_text=format_lazy(text, usual=usual)
    )


class ProviderForm(WagtailAdminModelForm):
    secret = forms.CharField(
        label=_("Secret du client"),
        required=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Conservé chiffré, jamais réaffiché. Vide : celui qui est enregistré reste."),
    )
    domains = DomainsField(
        label=_("Domaines de messagerie"),
        required=False,
        max_length=20_000,
        help_text=_(
            "Un par ligne : « chu-exemple.fr ». Qui tape une adresse de ce domaine est mené ici, "
            "et une adresse de ce domaine que ce fournisseur affirme est tenue pour vérifiée. "
            "N’indiquez que des domaines dont l’établissement attribue seul les adresses, et où "
            "un agent ne peut pas changer la sienne."
        ),
    )
    metadata_file = forms.FileField(
        label=_("Métadonnées, en fichier"),
        required=False,
        help_text=_("Le document XML que donne l’équipe de l’annuaire."),
    )
    metadata_text = forms.CharField(
        label=_("Métadonnées, collées"),
        required=False,
        strip=True,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    finess_numbers = FinessField(
        label=_("Établissements dont il répond"),
        required=False,
        max_length=20_000,
        help_text=_(
            "FINESS juridiques, un par ligne. Dans ceux-ci, et là seulement, le RPPS, l’ADELI ou "
            "le matricule qu’il affirme retrouvent un agent de la liste du personnel."
        ),
    )

    attribute_uid = attribute_field("uid", _("Identifiant durable"))
    attribute_email = attribute_field("email", _("Adresse électronique"))
    attribute_first_name = attribute_field("first_name", _("Prénom"))
    attribute_last_name = attribute_field("last_name", _("Nom"))
    attribute_national_id = attribute_field("national_id", _("RPPS ou ADELI"))
    attribute_finess = attribute_field("finess", _("FINESS de l’établissement ou du site"))
    attribute_hr_number = attribute_field("hr_number", _("Matricule"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ATTRIBUTES:
            self.initial[f"attribute_{name}"] = self.instance.attributes.get(name, "")
        if self.instance.pk:
            domains = self.instance.domains.values_list("domain", flat=True)
            self.initial["domains"] = "\n".join(domains)
            self.initial["finess_numbers"] = "\n".join(self.instance.establishments)

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("Cet identifiant est réservé."))
        return slug

    def clean_metadata_file(self) -> Any:
        file = self.cleaned_data["metadata_file"]
        if file and file.size > MOST:
            raise forms.ValidationError(
                _("Ce fichier est trop volumineux pour un seul fournisseur.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind") or self.instance.kind
        if kind == ProviderKind.NATIONAL and data.get("domains"):
            self.add_error("domains", _("Pro Santé Connect n’attribue pas d’adresses."))
        if kind != ProviderKind.SAML:
            self._want(data, "discovery_url", _("Indiquez l’adresse de découverte."))
            self._want(data, "client_id", _("Indiquez l’identifiant du client."))
            if self.instance.pk is None:
                self._want(data, "secret", _("Indiquez le secret."))
        return data

    def _want(self, data: dict[str, Any], name: str, message: Any) -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, message)

    @property
    def metadata(self) -> bytes:
        """What was handed over; the file goes first."""
        file = self.cleaned_data.get("metadata_file")
        text: str = self.cleaned_data.get("metadata_text", "")
        return file.read() if file else text.encode()

    @property
    def attributes(self) -> dict[str, str]:
        said = {name: self.cleaned_data.get(f"attribute_{name}", "") for name in ATTRIBUTES}
        return {name: value for name, value in said.items() if value}


class WriteMixin:
    @sensitive_variables("data")
    def write(self, data: dict[str, Any], actor: Any) -> models.Model:
        form: ProviderForm = self.form  # type: ignore[attr-defined]
        provider = form.instance
        if provider.is_saml:
            provider.establishments = data["finess_numbers"]
            provider.attributes = form.attributes
        return provider_save(
            provider=provider,
            domains=data["domains"],
            secret=data.get("secret", ""),
            metadata=form.metadata,
            actor=actor,
        )


class ProviderCreateView(WriteMixin, ServiceCreateView):
    pass


class ProviderEditView(WriteMixin, ServiceEditView):
    form_class = None

    def get_panel(self) -> Any:
        return edit_panels(get_object_or_404(IdentityProvider, pk=self.kwargs["pk"]))


class GuidePanel(HelpPanel):
    """What to declare, before the slug is known."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"base": settings.WAGTAILADMIN_BASE_URL}


class AddressesPanel(HelpPanel):
    """What the provider's team has to know of this site, once the slug is fixed."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            base = settings.WAGTAILADMIN_BASE_URL
            ends = [certificate_ends(one) for one in self.instance.certificates]
            return context | {"provider": self.instance, "base": base, "ends": ends}


_GUIDE = GuidePanel(template="users/admin/provider_guide.html")
_OPENID = [FieldPanel("discovery_url"), FieldPanel("client_id"), FieldPanel("secret")]
_SAML = [
    FieldPanel("metadata_url"),
    FieldPanel("metadata_file"),
    FieldPanel("metadata_text"),
    FieldPanel("finess_numbers"),
]
_ATTRIBUTES = MultiFieldPanel(
    [FieldPanel(f"attribute_{name}") for name in ATTRIBUTES],
    heading=_("Noms des attributs SAML, s’ils ne sont pas les usuels"),
    classname="collapsed",
)
_COMMON = [
    FieldPanel("domains"),
    MultiFieldPanel([FieldPanel("is_strong"), FieldPanel("is_active")], heading=_("Usage")),
]
_FIXED = [
    AddressesPanel(template="users/admin/provider_addresses.html"),
    FieldPanel("name"),
    FieldPanel("slug", read_only=True),
    FieldPanel("kind", read_only=True),
]


def edit_panels(provider: IdentityProvider) -> Any:
    """With the half of the form that is the provider's protocol."""
    if provider.is_saml:
        own = [MultiFieldPanel(_SAML, heading="SAML 2.0"), _ATTRIBUTES]
    else:
        own = [MultiFieldPanel(_OPENID, heading="OpenID Connect")]
    handler = ObjectList([*_FIXED, *own, *_COMMON], base_form_class=ProviderForm)
    return handler.bind_to_model(IdentityProvider)


class ProviderViewSet(ModelViewSet):
    model = IdentityProvider
    icon = "key"
    menu_label = _("Fournisseurs d’identité")
    menu_order = 320
    add_to_admin_menu = False
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_enabled = False  # accounts hang on it: it is taken out of use
    search_backend_name = None
    add_view_class = ProviderCreateView
    edit_view_class = ProviderEditView
    list_display = [
        "name",
        Column("get_kind_display", label=_("Nature")),
        Column("issuer", label=_("Émetteur")),
        BooleanColumn("is_active", label=_("À la connexion")),
    ]

    panels = [
        _GUIDE,
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("kind"),
        MultiFieldPanel(_OPENID, heading=_("Si c’est en OpenID Connect")),
        MultiFieldPanel(_SAML, heading=_("Si c’est en SAML 2.0")),
        _ATTRIBUTES,
        *_COMMON,
    ]

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=ProviderForm).bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_edit_view_kwargs(**kwargs)
        return options | {"panel": None, "form_class": None}  # the view decides by the provider
