"""The operators' group learns of the mails."""

from __future__ import annotations

from lrs.services import operators_may
from notifications.permissions import OPERATOR_PERMISSIONS


def operators_may_follow_mails() -> None:
    """Give the operators' group the rights on mails too; may be called again."""
    operators_may(OPERATOR_PERMISSIONS)
