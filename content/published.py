"""What follows from the published pages alone, kept in the memory of the process.

It is the same for every reader and costs too much to ask anew each time: which page has which
address, which lessons a module has. Saving, moving or removing a page forgets it. With a cache in
local memory other processes notice within `KEEP_SECONDS`; nothing secret or personal may enter it.
What pages show of other rows, such as pictures, belongs to it: see `published_shows`.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

KEEP_SECONDS = 60
GENERATION_KEY = "content.published.generation"

T = TypeVar("T")


class Published(Generic[T]):
    """A value that `build` computes, until a page changes or `KEEP_SECONDS` have gone."""

    def __init__(self, build: Callable[[], T]) -> None:
        self._build = build
        self._kept: tuple[str, float, T] | None = None

    def get(self) -> T:
        generation = published_generation()
        kept = self._kept
        if kept is None or kept[0] != generation or kept[1] < time.monotonic():
            kept = (generation, time.monotonic() + KEEP_SECONDS, self._build())
            self._kept = kept
        return kept[2]


def published_generation() -> str:
    """A name for the present state of the published pages, to be part of cache keys."""
    found = cache.get(GENERATION_KEY)
    if found is None:  # emptied, or never set: nothing that was kept before may be used again
        found = cache.get_or_set(GENERATION_KEY, _new_generation, None)
    return str(found)


def published_forget() -> None:
    """At once for this transaction; and after it, for another request may keep the old state."""
    cache.set(GENERATION_KEY, _new_generation(), None)
    transaction.on_commit(lambda: cache.set(GENERATION_KEY, _new_generation(), None))


def _new_generation() -> str:
    return uuid.uuid4().hex


def _forget(**kwargs: Any) -> None:
    published_forget()


def _forget_page(sender: type, **kwargs: Any) -> None:
    if issubclass(sender, Page):
        published_forget()


def published_shows(*shown: type[models.Model]) -> None:
    """Saving or removing a row of these forgets what was kept; called when an app is ready."""
    for signal in (post_save, post_delete):
        for model in shown:
            name = f"content.published.{model._meta.label}"
            signal.connect(_forget, sender=model, dispatch_uid=name)


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_unpublished, page_slug_changed, post_page_move):
        signal.connect(_forget, dispatch_uid="content.published.pages")
    for signal in (post_save, post_delete):
        signal.connect(_forget_page, dispatch_uid="content.published.page")
    published_shows(Site, PageViewRestriction)
