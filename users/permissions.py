"""Who may read the audit log. A model permission decides; nobody writes, edits or deletes it."""

from __future__ import annotations

from typing import Any

READ_AUDIT = "users.view_auditentry"


def may_read_audit(user: Any) -> bool:
    """It tells what named accounts did: for those who answer for the platform."""
    return bool(user.is_active and user.has_perm(READ_AUDIT))
