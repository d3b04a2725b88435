"""A folder of one's own for what is private: archives, logos, drawn files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.test import override_settings


@contextmanager
def private_files(folder: Path) -> Iterator[None]:
    """Private files lie in `folder`. A field keeps the storage of the day it was declared, so the
    one that has logos is told."""
    from campaign_assets.models import BrandState

    private = settings.STORAGES["private"]
    options = {**private["OPTIONS"], "location": str(folder)}
    own = {**settings.STORAGES, "private": {**private, "OPTIONS": options}}
    logo = BrandState._meta.get_field("logo")
    before = logo.storage
    with override_settings(STORAGES=own):
        logo.storage = storages["private"]
        try:
            yield
        finally:
            logo.storage = before
