"""Who may do what in the admin: Django's permissions, less deletion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.permission_policies import ModelPermissionPolicy


class KeepingPolicy(ModelPermissionPolicy):
    """History and evidence hang on these rows: nobody deletes one, whatever the account."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        kept = [action for action in actions if action != "delete"]
        return super().users_with_any_permission(kept) if kept else get_user_model().objects.none()
