"""Whoever schedules a page queues the look at it for its minute."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.campaign_assets.factories import PosterPageFactory, resources_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def due() -> list[dt.datetime]:
    tasks = DBTaskResult.objects.filter(task_path="content.tasks.pages_due")
    return sorted(task.run_after for task in tasks)


@pytest.mark.usefixtures("queue")
def test_publication_and_expiry_are_queued_for_their_minutes(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = PosterPageFactory(parent=resources_index(), live=False)
    page.go_live_at = timezone.now() + dt.timedelta(days=1)
    page.expire_at = page.go_live_at + dt.timedelta(days=30)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision(approved_go_live_at=page.go_live_at)
    assert due() == [page.go_live_at + dt.timedelta(seconds=1)]
    page.go_live_at = None
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert due()[-1] == page.expire_at + dt.timedelta(seconds=1)


@pytest.mark.usefixtures("queue")
def test_what_is_published_at_once_queues_nothing(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = PosterPageFactory(parent=resources_index())
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert due() == []
