"""Development on one machine: no secret to set, mail on the console."""

from .base import *

DEBUG = True
SECRET_KEY = env("SECRET_KEY", default="dev-only-not-a-secret")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SAMPLE_DATA_ALLOWED = True
