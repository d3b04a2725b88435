"""Which doors the frame shows to a reader, kept for a minute.

Only for showing: what lies behind a door checks again on its own. Giving a right or taking it
forgets what was kept; a right that begins or ends by its date shows within `KEEP_SECONDS`.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models.signals import m2m_changed, post_delete, post_save

from cms.permissions import Doors, doors
from organisation.models import Grant
from users.models import User

KEEP_SECONDS = 60


def doors_of(user: User | AnonymousUser) -> Doors:
    if not isinstance(user, User):
        return Doors()
    found: Doors | None = cache.get(_key(user.pk))
    if found is None:
        found = doors(user)
        cache.set(_key(user.pk), found, KEEP_SECONDS)
    return found


def _key(user_id: int) -> str:
    return f"cms.doors.{user_id}"


def _grant_changed(instance: Grant, **kwargs: Any) -> None:
    cache.delete(_key(instance.user_id))


def _account_changed(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, User):
        cache.delete(_key(instance.pk))


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_grant_changed, sender=Grant, dispatch_uid="cms.doors.grant")
    post_save.connect(_account_changed, sender=User, dispatch_uid="cms.doors.account")
    for through in (User.groups.through, User.user_permissions.through):
        m2m_changed.connect(_account_changed, sender=through, dispatch_uid="cms.doors.rights")
