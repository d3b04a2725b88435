"""The forwarding screens in a real browser: accessible, also on a narrow window."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lrs.models import Forward, OutboxRow, Statement
from lrs.services import PLATFORM, forward_create, statements_store
from tests.lrs.factories import statement
from users.models import User


@pytest.fixture
def refused(transactional_db: None, settings: Any) -> Forward:
    """A destination that was stopped, with more refused statements than fit on a page."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    forward = forward_create(
        name="Entrepôt régional",
        endpoint="https://lrs.example/xapi/",
        key="k",
        secret="s",
        version="2.0.0",
    )
    statements_store(statements=[statement() for _one in range(25)], source=PLATFORM)
    assert OutboxRow.objects.update(
        state="set_aside", answer_status=400, answer_text="<p>" + "x" * 300, attempts=1
    )
    Forward.objects.update(
        state="halted",
        failures=3,
        last_error="401 " + "clé inconnue " * 20,
        last_error_at=timezone.now(),
    )
    return forward


@pytest.mark.parametrize("width", [1280, 390])
def test_screens_have_no_violation(
    refused: Forward, page_factory: Any, login: Any, axe_check: Any, width: int
) -> None:
    stored = timezone.localtime(Statement.objects.latest("pk").stored)
    span = f"since=2026-01-01T00:00&until={stored:%Y-%m-%dT%H:%M:%S}"
    base = "/admin/xapi/transmission/"
    page = page_factory(width)
    login(page, User.objects.create_superuser("operatrice@campagne.test"))
    for address in (
        base,
        f"{base}new/",
        f"{base}edit/{refused.pk}/",
        f"{base}inspect/{refused.pk}/",
        f"{base}inspect/{refused.pk}/?{span}",
    ):
        assert page.goto(address).status == 200
        axe_check(page)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
