"""Forget what is kept of the site's frame when its settings change; pages do so on their own."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from cms.models import SiteSettings
from cms.readers import connect as connect_readers
from content.published import published_forget


def _forget(**kwargs: Any) -> None:
    published_forget()


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(_forget, sender=SiteSettings, dispatch_uid="cms.chrome.settings")
    connect_readers()
