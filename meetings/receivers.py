"""The record of a meeting follows its page."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from meetings.models import MeetingPage
from meetings.services import meeting_take_over, meeting_withdraw


def connect() -> None:
    page_published.connect(_published, sender=MeetingPage, dispatch_uid="meetings.published")
    page_unpublished.connect(_withdrawn, sender=MeetingPage, dispatch_uid="meetings.unpublished")
    pre_delete.connect(_withdrawn, sender=MeetingPage, dispatch_uid="meetings.deleted")


def _published(instance: MeetingPage, **kwargs: Any) -> None:
    meeting_take_over(page=instance, now=timezone.now())


def _withdrawn(instance: MeetingPage, **kwargs: Any) -> None:
    meeting_withdraw(page=instance, now=timezone.now())
