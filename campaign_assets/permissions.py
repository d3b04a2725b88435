"""Who does what with the assets."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page, ReferenceIndex

from campaign_assets.models import AssetPage
from users.models import User


def may_add_assets(user: Any, index: Page) -> bool:
    """Whoever may add a page below the gallery may send files that become drafts there."""
    return bool(index.permissions_for_user(user).can_add_subpage())


def may_read_document(user: User | AnonymousUser, document: AbstractDocument) -> bool:
    """Editors read every document. Others do not read one that only assets carry, none of which
    they may see: its address would tell a poster before its day, or after."""
    if isinstance(user, User) and user.has_perm("wagtailadmin.access_admin"):
        return True
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(type(document)),
        to_object_id=str(document.pk),
    ).values_list("base_content_type", "object_id")
    pages = ContentType.objects.get_for_model(Page).pk
    used = list(uses)
    if not used or any(kind != pages for kind, _pk in used):
        return True
    ids = {int(pk) for _kind, pk in used}
    assets = AssetPage.objects.filter(pk__in=ids)
    if assets.count() < len(ids):
        return True
    return AssetPage.objects.offered().filter(pk__in=ids).exists()
