"""Who sees which door in the frame of the site. What lies behind a door checks again on its own."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from organisation.permissions import scopes_with_coverage, scopes_with_training
from users.models import User


def can_edit_site(user: User | AnonymousUser) -> bool:
    """Editors find their way to Wagtail from the site."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def can_see_coverage(user: User | AnonymousUser) -> bool:
    """«Couverture» is in the menu of those who may read some."""
    if not user.is_authenticated:
        return False
    return bool(scopes_with_coverage(user=user, day=timezone.localdate()))


def can_hand_out_codes(user: User | AnonymousUser) -> bool:
    """«Codes de connexion» is in the menu of those who organise a team's training."""
    return bool(scopes_with_training(user=user, day=timezone.localdate()))
