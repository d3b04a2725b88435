"""Who does what with the assets."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex, get_page_models

from campaign_assets.models import AssetPage
from users.models import User


def may_add_assets(user: Any, index: Page) -> bool:
    """Whoever may add a page below the gallery may send files that become drafts there."""
    return bool(index.permissions_for_user(user).can_add_subpage())


def may_replace_files(user: Any, page: AssetPage) -> bool:
    """Whoever may edit the asset now; nobody while it is locked for a review or by somebody."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() and not permissions.page_locked())


def may_publish_asset(user: Any, page: AssetPage) -> bool:
    return bool(page.permissions_for_user(user).can_publish())


def may_submit_asset(user: Any, page: AssetPage) -> bool:
    """Into moderation, if the gallery has one and the asset is not in it already."""
    return bool(page.permissions_for_user(user).can_submit_for_moderation())


def may_read_document(user: User | AnonymousUser, document: AbstractDocument) -> bool:
    """Editors read every document. Others do not read one that only assets carry, none of which
    they may see: its address would tell a poster before its day, or after."""
    if isinstance(user, User) and user.has_perm("wagtailadmin.access_admin"):
        return True
    carriers = _assets_with(document)
    if not carriers or AssetPage.objects.offered().filter(pk__in=carriers).exists():
        return True
    pages = ContentType.objects.get_for_model(Page)
    others = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(document)),
        to_object_id=str(document.pk),
    ).exclude(base_content_type=pages, object_id__in=[str(pk) for pk in carriers])
    return others.exists()


def _assets_with(document: AbstractDocument) -> set[int]:
    """The assets that carry the document, whatever their type: one query for each type."""
    found: set[int] = set()
    for model in get_page_models():
        if issubclass(model, AssetPage) and not model._meta.abstract:
            for field in model._meta.local_concrete_fields:
                if field.related_model is type(document):
                    rows = model.objects.filter(**{field.name: document})
                    found.update(rows.values_list("pk", flat=True))
    return found
