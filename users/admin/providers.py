"""The «Fournisseurs d’identité» screens. A secret goes in and never comes out."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from users.admin.views import ServiceCreateView, ServiceEditView
from users.models import IdentityProvider, ProviderKind
from users.providers.services import provider_save

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
            "Un par ligne : « chu-exemple.fr ». Qui tape une adresse de ce domaine est mené ici. "
            "N’indiquez que des domaines dont l’établissement attribue seul les adresses."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["domains"] = "\n".join(
                self.instance.domains.values_list("domain", flat=True)
            )

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        if not secret and self.instance.pk is None:
            raise forms.ValidationError(_("Indiquez le secret."))
        return secret

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED:
            raise forms.ValidationError(_("Cet identifiant est réservé."))
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == ProviderKind.NATIONAL and data.get("domains"):
            self.add_error("domains", _("Pro Santé Connect n’attribue pas d’adresses."))
        return data


class WriteMixin:
    @sensitive_variables("data")
    def write(self, data: dict[str, Any], actor: Any) -> models.Model:
        return provider_save(
            provider=self.form.instance,  # type: ignore[attr-defined]
            domains=data["domains"],
            secret=data["secret"],
            actor=actor,
        )


class ProviderCreateView(WriteMixin, ServiceCreateView):
    pass


class ProviderEditView(WriteMixin, ServiceEditView):
    pass


_GUIDE = HelpPanel(
    content=_(
        "<p>Chez le fournisseur, déclarez l’adresse de retour "
        "<b>https://(ce site)/accounts/<wbr>oidc/(identifiant)/<wbr>login/callback/</b>, "
        "le flux « authorization code » avec PKCE. Pour Pro Santé Connect, la découverte est à "
        "« …/.well-known/wallet-openid-configuration » ; portée et niveau eIDAS sont mis d’office. "
        "Un fournisseur qui ne sert plus se retire de la connexion : les comptes restent.</p>"
    )
)


def _panels(*first: Any) -> list[Any]:
    return [
        _GUIDE,
        *first,
        FieldPanel("discovery_url"),
        MultiFieldPanel(
            [FieldPanel("client_id"), FieldPanel("secret")], heading=_("Ce site, chez lui")
        ),
        FieldPanel("domains"),
        MultiFieldPanel([FieldPanel("is_strong"), FieldPanel("is_active")], heading=_("Usage")),
    ]


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

    panels = _panels(FieldPanel("name"), FieldPanel("slug"), FieldPanel("kind"))
    edit_panels = _panels(
        FieldPanel("name"),
        FieldPanel("slug", read_only=True),
        FieldPanel("kind", read_only=True),
    )

    def get_edit_handler(self) -> Any:
        return ObjectList(self.panels, base_form_class=ProviderForm).bind_to_model(self.model)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_edit_view_kwargs(**kwargs)
        handler = ObjectList(self.edit_panels, base_form_class=ProviderForm)
        bound = handler.bind_to_model(self.model)
        return options | {"panel": bound, "form_class": bound.get_form_class()}
