"""django-allauth beyond passwords: identity providers, second factors, sessions, limits."""

SOCIALACCOUNT_ADAPTER = "organisation.sign_in.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {
    # The providers themselves are rows of users.IdentityProvider.
    "openid_connect": {"provider_class": "users.providers.openid.Provider"},
    "saml": {"provider_class": "users.providers.saml.provider.Provider"},
}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # organisation.sign_in has the rules
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {"signup": "users.forms.ProviderSignupForm"}
IDENTITY_PROVIDERS_HTTPS_ONLY = False  # so that one can be tried beside a development site

# Compulsory for editors, managers and administrators: in production only, for the sample accounts
# are there to be tried.
SECOND_FACTOR_COMPULSORY = False
MFA_ADAPTER = "organisation.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_FORMS = {
    "authenticate": "users.factor_forms.AuthenticateForm",
    "reauthenticate": "users.factor_forms.ReauthenticateForm",
    "activate_totp": "users.factor_forms.ActivateTOTPForm",
    "deactivate_totp": "users.factor_forms.DeactivateTOTPForm",
    "generate_recovery_codes": "users.factor_forms.GenerateRecoveryCodesForm",
    "add_webauthn": "users.factor_forms.AddPasskeyForm",
}

ACCOUNT_ADAPTER = "users.adapters.AccountAdapter"
# A hospital stands behind one address, so limits by address leave room for a morning's start.
# `login_failed` counts for an account and a client (users.adapters), and for the client.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
}
