"""The files that assets carry: pictures, documents, videos in the library of the admin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import prefetch_related_objects
from wagtail.documents import get_document_model

from campaign_assets.models import AssetPage, ShortLink
from campaign_assets.models.posters import HungPage
from content.models import SiteImage, Video


def asset_files(*, pages: Sequence[AssetPage]) -> list[AssetPage]:
    """The same assets as their own types, with the files they carry read at once: a fixed number
    of queries for each type."""
    found = AssetPage.objects.filter(pk__in=[page.pk for page in pages]).specific().in_bulk()
    by_type: dict[type[AssetPage], list[AssetPage]] = defaultdict(list)
    for page in found.values():
        by_type[type(page)].append(page)
    for model, ones in by_type.items():
        prefetch_related_objects(ones, *_file_fields(model))
        if issubclass(model, HungPage):
            _codes_read(ones)
    return list(found.values())


def _codes_read(pages: Sequence[AssetPage]) -> None:
    """The codes on the campaign's own prints."""
    own = ShortLink.objects.filter(asset__in=pages, establishment=None)
    codes = dict(own.values_list("asset", "code"))
    for page in pages:
        page.campaign_code = codes.get(page.pk, "")


def _file_fields(model: type[AssetPage]) -> list[str]:
    carriers = (SiteImage, Video, get_document_model())
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, carriers)
    ]
