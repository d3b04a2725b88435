"""The forms of the credential screens."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from lrs.enums import WRITING_SCOPES, CredentialScope
from lrs.models import Credential
from lrs.services.credentials import DEFAULT_GRACE

_HOUR = dt.timedelta(hours=1)
_SALT = "lrs.credential.form"
# Part Three 4.2.s6.b2: what a client gets that asks for nothing.
DEFAULT_SCOPES = (CredentialScope.STATEMENTS_WRITE, CredentialScope.STATEMENTS_READ_MINE)


def local_time_input() -> forms.DateTimeInput:
    """The browser's own date and time picker; what it sends is in the platform's time zone."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class Checkboxes(forms.CheckboxSelectMultiple):
    """One below the other: the public site's style sheet shapes Django's own."""

    template_name = "lrs/admin/choices.html"


class Radios(forms.RadioSelect):
    template_name = "lrs/admin/choices.html"


class CredentialForm(forms.ModelForm):
    """What an operator says of a credential; the service saves it."""

    scopes = forms.MultipleChoiceField(
        label=_("Droits"),
        choices=CredentialScope.choices,
        widget=Checkboxes,
        initial=DEFAULT_SCOPES,
        help_text=_("Ne donnez que ce dont le système a besoin."),
    )

    class Meta:
        model = Credential
        fields = ["name", "scopes", "is_trusted", "establishment_scope", "expires_at"]
        widgets = {"expires_at": local_time_input()}

    class Media:
        css = {"all": ["lrs/admin.css"]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("is_trusted") and WRITING_SCOPES.isdisjoint(data.get("scopes", ())):
            message = _("Seul un accès en écriture peut valider des formations.")
            self.add_error("is_trusted", message)
            self._validate_constraints = False  # it would say the same once more
        return data


class NewCredentialForm(CredentialForm):
    """A form knows which credential it will make, so that sending it again makes no second one."""

    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("token", signing.dumps(str(uuid.uuid4()), salt=_SALT))

    def clean_token(self) -> uuid.UUID:
        try:
            return uuid.UUID(signing.loads(self.cleaned_data["token"], salt=_SALT))
        except signing.BadSignature as error:
            raise forms.ValidationError(_("Ce formulaire n’est plus valable.")) from error


class RotationForm(forms.Form):
    """How long the present secret stays good; `seen` tells which secret that is."""

    GRACES = (
        (0, _("Aucun : le secret actuel est refusé dès maintenant")),
        (1, _("1 heure")),
        (24, _("24 heures")),
        (24 * 7, _("7 jours")),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    grace = forms.TypedChoiceField(
        label=_("Délai pendant lequel l’ancien secret reste accepté"),
        choices=GRACES,
        coerce=int,
        widget=Radios,
        initial=int(DEFAULT_GRACE / _HOUR),
        help_text=_("Le temps d’installer le nouveau secret sans interruption."),
    )

    def clean_grace(self) -> dt.timedelta:
        return self.cleaned_data["grace"] * _HOUR


class RevocationForm(forms.Form):
    """Why the credential is refused from now on."""

    reason = forms.CharField(
        label=_("Motif"),
        max_length=255,
        help_text=_("Par exemple « Fin du marché » ou « Secret divulgué »."),
    )
