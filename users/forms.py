"""Forms in the State's design system: the base for every room, and allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from django import forms
from django.utils.translation import gettext_lazy as _
from dsfr.forms import DsfrBaseForm

PASSWORD_HINT = _("Douze caractères au moins. Une phrase courte est plus sûre et se retient mieux.")


class SiteForm(DsfrBaseForm):
    """A form of the site. Name it first among the bases: it dresses the fields that others add.

    Optional fields say so; a password can be shown; labels stand above the fields, so no
    placeholder repeats them.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field.widget, forms.PasswordInput):
                field.template_name = "users/forms/password_field.html"
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HINT

    def get_context(self) -> dict[str, Any]:
        # DsfrBaseForm.get_context warns about a transitional setting on every rendering.
        context = forms.Form.get_context(self)
        context["DSFR_MARK_OPTIONAL_FIELDS"] = True
        return context


class LoginForm(SiteForm, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page has the link, outside of the label


class SignupForm(SiteForm, account.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "Votre adresse professionnelle : elle vous rattache à votre établissement."
        )


class AddEmailForm(SiteForm, account.AddEmailForm):
    pass


class ChangePasswordForm(SiteForm, account.ChangePasswordForm):
    pass


class SetPasswordForm(SiteForm, account.SetPasswordForm):
    pass


class ResetPasswordForm(SiteForm, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(SiteForm, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(SiteForm, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(SiteForm, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(SiteForm, account.ConfirmLoginCodeForm):
    pass
