"""What Wagtail asks about permissions, answered by `notifications.permissions`."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import register_permission_policy

from notifications import permissions
from notifications.models import Delivery
from users.admin.policies import KeepingPolicy


class DeliveryPolicy(KeepingPolicy):
    """Nobody writes, edits or deletes a mail, whatever the account; trying it again is an action of
    its own."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and permissions.may_see_mails(user)


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    register_permission_policy(Delivery, DeliveryPolicy(Delivery))
