"""allauth's forms of second factors, in the State's design system."""

from __future__ import annotations

from allauth.mfa.base import forms as base
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from users.forms import SiteForm

CODE = _("Code à six chiffres, ou code de secours")


class AuthenticateForm(SiteForm, base.AuthenticateForm):
    labels = {"code": CODE}


class ReauthenticateForm(SiteForm, base.ReauthenticateForm):
    labels = {"code": CODE}


class ActivateTOTPForm(SiteForm, totp.ActivateTOTPForm):
    labels = {"code": _("Code à six chiffres affiché par l’application")}


class DeactivateTOTPForm(SiteForm, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(SiteForm, recovery.GenerateRecoveryCodesForm):
    pass


class AddPasskeyForm(SiteForm, webauthn.AddWebAuthnForm):
    labels = {
        "name": _("Nom de cette clé"),
        "passwordless": _("Me connecter avec elle seule, sans mot de passe"),
    }
    help_texts = {
        "name": _("Pour la reconnaître : « Téléphone », « Clé du bureau »…"),
        "passwordless": _("Demande que la clé soit protégée par un code ou une empreinte."),
    }
