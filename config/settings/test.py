"""Settings of the test suite; each line says why it differs."""

from .base import *

DEBUG = False  # what users get
SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # mails can be read back
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed
MEDIA_ROOT = VAR_DIR / "test-media"  # never beside real files; each worker has its own below it
STORAGES["private"]["OPTIONS"]["location"] = VAR_DIR / "test-private"  # nor beside real archives
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # no worker
SAMPLE_DATA_ALLOWED = True  # the sample data is under test
ACCOUNT_RATE_LIMITS = False  # one address signs in many times
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the live server has no certificate
WHITENOISE_AUTOREFRESH = True  # files straight from the apps: collecting takes a minute
WHITENOISE_USE_FINDERS = True

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A test database need not survive a power cut; all else is as in production.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0  # a kept connection would hold the test database
