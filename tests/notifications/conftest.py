"""Mails of a category of their own, and a mail server on a real socket."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from notifications import registry
from notifications.registry import Category, category_register
from tests.support.mailserver import MailServer, running

from .factories import COMPULSORY, OPTIONAL


@pytest.fixture(autouse=True)
def _categories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of this test, beside what the rooms above register."""
    monkeypatch.setattr(registry, "_categories", dict(registry._categories))
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    category_register(Category(OPTIONAL, "nouvelles", is_optional=True))
    category_register(Category(COMPULSORY, "obligations", is_optional=False))


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with running(MailServer()) as made:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
        settings.EMAIL_TIMEOUT = 5
        yield made


@pytest.fixture
def asleep(settings: Any) -> None:
    """Tasks are queued in the database and run by nobody."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def is_postgresql() -> bool:
    return connection.vendor == "postgresql"
