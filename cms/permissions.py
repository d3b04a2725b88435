"""Who sees which door in the frame of the site."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from organisation.enums import GrantRight
from organisation.models import Grant


def can_edit_site(user: Any) -> bool:
    """Editors find their way to Wagtail from the site; it checks again on its own."""
    return bool(user and user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def can_see_coverage(user: Any) -> bool:
    """«Couverture» is in the menu of those who may read some; the page itself checks the scope."""
    if not (user and user.is_authenticated):
        return False
    if user.is_superuser:
        return True
    grants = Grant.objects.at(timezone.localdate())
    return grants.filter(user=user, right=GrantRight.READ_COVERAGE).exists()
