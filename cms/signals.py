"""Forget the cached frame of the site when something in it may have changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.chrome import chrome_forget
from cms.models import SiteSettings


def _forget(**kwargs: Any) -> None:
    """After the transaction, or another request would cache the old state again."""
    transaction.on_commit(chrome_forget)


def _forget_page(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        _forget()


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="cms.chrome.pages")
    for model in (SiteSettings, Site):
        post_save.connect(_forget, sender=model, dispatch_uid=f"cms.chrome.save.{model.__name__}")
    post_delete.connect(_forget_page, dispatch_uid="cms.chrome.delete")
