"""django-allauth: e-mail and password, or a code sent by e-mail; sessions on shared computers."""

from config.env import env

# A session on a shared computer ends after so many minutes without activity.
SHARED_IDLE_MINUTES = env.int("SHARED_IDLE_MINUTES", default=10)

AUTHENTICATION_BACKENDS = [
    "organisation.backends.AccountBackend",
    "django.contrib.auth.backends.ModelBackend",  # the admin's own rights
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mon-espace/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An address is proved before it opens anything: it may link the account to a person's evidence.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False  # ward computers are shared
ACCOUNT_FORMS = {
    "login": "users.forms.LoginForm",
    "signup": "users.forms.SignupForm",
    "add_email": "users.forms.AddEmailForm",
    "change_password": "users.forms.ChangePasswordForm",
    "set_password": "users.forms.SetPasswordForm",
    "reset_password": "users.forms.ResetPasswordForm",
    "reset_password_from_key": "users.forms.ResetPasswordKeyForm",
    "reauthenticate": "users.forms.ReauthenticateForm",
    "request_login_code": "users.forms.RequestLoginCodeForm",
    "confirm_login_code": "users.forms.ConfirmLoginCodeForm",
}
