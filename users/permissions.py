"""Who may read the audit log, and who answers for personal data. Model permissions decide; nobody
writes, edits or deletes the log."""

from __future__ import annotations

from typing import Any

READ_AUDIT = "users.view_auditentry"
HANDLE_PRIVACY = "users.change_erasurerequest"


def may_read_audit(user: Any) -> bool:
    """It tells what named accounts did: for those who answer for the platform."""
    return bool(user.is_active and user.has_perm(READ_AUDIT))


def may_handle_privacy(user: Any) -> bool:
    """Giving out and erasing what is kept of others, where they ask on paper."""
    return bool(user.is_active and user.has_perm(HANDLE_PRIVACY))
