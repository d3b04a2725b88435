"""Writing to the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from users.models import AuditEntry, User


def audit_record(
    *, actor: User | None, action: str, target: str, details: dict[str, Any] | None = None
) -> AuditEntry:
    """Keep that `actor` did `action` (a dotted word such as ``coverage.export``) on `target`."""
    return AuditEntry.objects.create(
        actor=actor, action=action, target=target, details=details or {}
    )


def audit_record_each(*, actor: User | None, action: str, targets: Iterable[str]) -> None:
    """The same of many targets, in one query."""
    AuditEntry.objects.bulk_create(
        AuditEntry(actor=actor, action=action, target=target) for target in targets
    )
