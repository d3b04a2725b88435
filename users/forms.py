"""allauth's forms in the State's design system."""

from __future__ import annotations

from allauth.account import forms
from dsfr.forms import DsfrBaseForm


class LoginForm(forms.LoginForm, DsfrBaseForm):
    pass


class SignupForm(forms.SignupForm, DsfrBaseForm):
    pass


class AddEmailForm(forms.AddEmailForm, DsfrBaseForm):
    pass


class ChangePasswordForm(forms.ChangePasswordForm, DsfrBaseForm):
    pass


class SetPasswordForm(forms.SetPasswordForm, DsfrBaseForm):
    pass


class ResetPasswordForm(forms.ResetPasswordForm, DsfrBaseForm):
    pass


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm, DsfrBaseForm):
    pass


class ReauthenticateForm(forms.ReauthenticateForm, DsfrBaseForm):
    pass


class RequestLoginCodeForm(forms.RequestLoginCodeForm, DsfrBaseForm):
    pass


class ConfirmLoginCodeForm(forms.ConfirmLoginCodeForm, DsfrBaseForm):
    pass
