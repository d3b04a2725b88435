"""Writing to the audit log."""

from __future__ import annotations

from typing import Any

from users.models import AuditEntry, User


def audit_record(
    *, actor: User | None, action: str, target: str, details: dict[str, Any] | None = None
) -> AuditEntry:
    """Keep that `actor` did `action` (a dotted word such as ``coverage.export``) on `target`."""
    return AuditEntry.objects.create(
        actor=actor, action=action, target=target, details=details or {}
    )
