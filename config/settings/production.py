"""Production: refuses to start without its secrets and addresses."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

DEBUG = False
for _name in ("SECRET_KEY", "ALLOWED_HOSTS", "XAPI_BASE_IRI", "BASE_URL"):
    if not env(_name, default=""):
        raise ImproperlyConfigured(f"Set {_name} in the environment (see .env.example).")

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SAMPLE_DATA_ALLOWED = False
IDENTITY_PROVIDERS_HTTPS_ONLY = True
SECOND_FACTOR_COMPULSORY = True

# Kept on SQLite too: whoever closes the last connection copies the write-ahead log into the
# database and deletes it, which would be every lone request.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies before the site add to X-Forwarded-For: whose address a limit counts.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"

vars().update(env.email("EMAIL_URL", default="smtp://localhost:25"))
