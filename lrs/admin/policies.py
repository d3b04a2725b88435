"""What Wagtail asks about permissions, answered by `lrs.permissions`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from lrs import permissions
from lrs.models import Credential, Forward

_DECISIONS: dict[str, Callable[[Any], bool]] = {
    "view": permissions.may_see_credentials,
    "add": permissions.may_create_credentials,
    "change": permissions.may_change_credentials,
}


class CredentialPolicy(ModelPermissionPolicy):
    """Nobody deletes a credential, whatever the account."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return _DECISIONS.get(action, permissions.may_delete)(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        kept = [action for action in actions if action in _DECISIONS]
        return super().users_with_any_permission(kept) if kept else get_user_model().objects.none()


class ForwardPolicy(ModelPermissionPolicy):
    """A destination is closed, never deleted: what it received is part of the history."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    register_permission_policy(Credential, CredentialPolicy(Credential))
    register_permission_policy(Forward, ForwardPolicy(Forward))
