"""What Wagtail asks about permissions, answered by `lrs.permissions`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.permissions import register_permission_policy

from lrs import permissions
from lrs.models import Credential, Forward
from users.admin.policies import KeepingPolicy

_DECISIONS: dict[str, Callable[[Any], bool]] = {
    "view": permissions.may_see_credentials,
    "add": permissions.may_create_credentials,
    "change": permissions.may_change_credentials,
}


class CredentialPolicy(KeepingPolicy):
    """Nobody deletes a credential, whatever the account."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return _DECISIONS.get(action, permissions.may_delete)(user)

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        kept = [action for action in actions if action in _DECISIONS]
        return super().users_with_any_permission(kept) if kept else get_user_model().objects.none()


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    register_permission_policy(Credential, CredentialPolicy(Credential))
    register_permission_policy(Forward, KeepingPolicy(Forward))
