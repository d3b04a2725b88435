"""What Wagtail asks about permissions, answered by `notifications.permissions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.permissions import register_permission_policy

from notifications import permissions
from notifications.models import Delivery
from users.admin.policies import KeepingPolicy

_DECISIONS: dict[str, Callable[[Any], bool]] = {
    "view": permissions.may_see_mails,
    "change": permissions.may_retry_mails,
}


class DeliveryPolicy(KeepingPolicy):
    """Nobody writes or deletes a mail by hand, whatever the account."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in _DECISIONS and _DECISIONS[action](user)


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    register_permission_policy(Delivery, DeliveryPolicy(Delivery))
