"""Who does what with the assets."""

from __future__ import annotations

from django.db.models import Q


def reviewers() -> Q:
    """Those who may approve: whoever publishes pages anywhere, and the administrators."""
    publishes = Q(groups__page_permissions__permission__codename="publish_page")
    return Q(is_active=True) & (Q(is_superuser=True) | publishes)
