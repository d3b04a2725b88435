"""Who sees which door in the frame of the site. What lies behind a door checks again on its own."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organisation.enums import GrantRight
from organisation.permissions import doors_of
from users.models import User


def can_edit_site(user: User | AnonymousUser) -> bool:
    """Editors find their way to Wagtail from the site."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def doors(user: User | AnonymousUser) -> frozenset[GrantRight]:
    """What the menu offers beyond everybody's pages: «Couverture», «Former mon équipe»."""
    if not user.is_authenticated:
        return frozenset()
    return doors_of(user=user, day=timezone.localdate())
