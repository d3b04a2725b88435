"""Where files lie: those of the site in the media folder, private ones beside it.

Private files are read through views that ask who it is; no address leads to the folder. A site of
several nodes gives both an object storage here.
"""

from typing import Any

from config.env import BASE_DIR, env

_VAR_DIR = env("VAR_DIR", default=str(BASE_DIR / "var"))

STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": f"{_VAR_DIR}/private",
            "allow_overwrite": True,  # work that is begun again writes the same part
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}
