"""Forms in the State's design system: the base for every room, and allauth's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from dsfr.forms import DsfrBaseForm

Texts = Mapping[str, Promise | str]

EMAIL = _("Adresse électronique")
_SHARED_HINT = format_lazy(
    _("La session se ferme d’elle-même après {minutes} minutes sans activité."),
    minutes=settings.SHARED_IDLE_MINUTES,
)
PASSWORD_HINT = _("Douze caractères au moins : une phrase courte est sûre et se retient mieux.")


class SiteForm(DsfrBaseForm):
    """A form of the site. Name it first among the bases: it dresses the fields that others add.

    Optional fields say so; a password can be shown; labels stand above the fields, so no
    placeholder repeats them. `labels` and `help_texts` replace those of the fields they name.
    """

    labels: ClassVar[Texts] = {}
    help_texts: ClassVar[Texts] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, field.help_text)
            if isinstance(field.widget, forms.PasswordInput):
                field.template_name = "users/forms/password_field.html"
        # Bound fields copy label and help text when they are first asked for, which was above.
        self._bound_fields_cache.clear()

    def get_context(self) -> dict[str, Any]:
        # DsfrBaseForm.get_context warns about a transitional setting on every rendering.
        context = forms.Form.get_context(self)
        context["DSFR_MARK_OPTIONAL_FIELDS"] = True
        return context


class OneLineField(forms.CharField):
    """Whatever is pasted, it is one line."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class SharedForm(SiteForm):
    """A form that signs in. It asks whether others use this computer too, which `users.shared`
    reads from the request.

    Checked unless one says otherwise: on a phone that costs a sign-in more, while on a ward an
    open session costs somebody her record.
    """

    shared = forms.BooleanField(
        label=_("Ce poste est partagé"), required=False, initial=True, help_text=_SHARED_HINT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared"].template_name = "users/forms/shared_field.html"


class AddressForm(SiteForm):
    """The first step, where providers know some domains."""

    address = forms.EmailField(
        label=EMAIL,
        help_text=_("Votre adresse professionnelle, comme prenom.nom@chu-exemple.fr."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LoginForm(SharedForm, account.LoginForm):
    labels = {"login": EMAIL}
    help_texts = {"password": ""}  # the page has the link, outside of the label

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request is not None:
            self.fields["login"].initial = self.request.session.get("sign_in_address", "")


class ProviderSignupForm(SiteForm, social.SignupForm):
    """Who comes from a provider that gave no address, or none that it answers for."""

    labels = {"email": EMAIL}
    help_texts = {"email": _("Un lien y sera envoyé, pour vérifier qu’elle est à vous.")}


class SignupForm(SiteForm, account.SignupForm):
    labels = {"email": EMAIL}
    help_texts = {
        "email": _("Votre adresse professionnelle : elle vous rattache à votre établissement."),
        "password1": PASSWORD_HINT,
    }


class AddEmailForm(SiteForm, account.AddEmailForm):
    labels = {"email": EMAIL}


class ChangePasswordForm(SiteForm, account.ChangePasswordForm):
    help_texts = {"oldpassword": "", "password1": PASSWORD_HINT}


class SetPasswordForm(SiteForm, account.SetPasswordForm):
    help_texts = {"password1": PASSWORD_HINT}


class ResetPasswordForm(SiteForm, account.ResetPasswordForm):
    labels = {"email": EMAIL}


class ResetPasswordKeyForm(SiteForm, account.ResetPasswordKeyForm):
    help_texts = {"password1": PASSWORD_HINT}


class ReauthenticateForm(SiteForm, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(SiteForm, account.RequestLoginCodeForm):
    labels = {"email": EMAIL}


class ConfirmLoginCodeForm(SharedForm, account.ConfirmLoginCodeForm):
    labels = {"code": _("Code reçu par courriel")}
