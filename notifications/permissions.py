"""Who may follow the mails. Model permissions decide; nobody deletes a line of the log."""

from __future__ import annotations

from typing import Any

SEE, RETRY = "notifications.view_delivery", "notifications.change_delivery"
OPERATOR_PERMISSIONS = (SEE, RETRY)
"""What the group of operators holds."""


def may_see_mails(user: Any) -> bool:
    """The log holds addresses of staff: for those who run the platform, not for every editor."""
    return bool(user.is_active and (user.has_perm(SEE) or user.has_perm(RETRY)))


def may_retry_mails(user: Any) -> bool:
    """Sending again and going on with a run go together: both make mails leave."""
    return bool(user.is_active and user.has_perm(RETRY))
