"""Writing to the audit log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from users.audit import ACTS
from users.models import AuditEntry, User


def audit_record(
    *, actor: User | None, action: str, target: str, details: dict[str, Any] | None = None
) -> AuditEntry:
    """Keep that `actor` did `action` (a word of `users.audit.ACTS`) on `target`; nobody is the
    command line or the platform itself. Raises ValueError for a word that is not in the list."""
    _check(action)
    return AuditEntry.objects.create(
        actor=actor, action=action, target=target, details=details or {}
    )


def audit_record_each(*, actor: User | None, action: str, targets: Iterable[str]) -> None:
    """The same of many targets, in one query."""
    _check(action)
    AuditEntry.objects.bulk_create(
        AuditEntry(actor=actor, action=action, target=target) for target in targets
    )


def _check(action: str) -> None:
    if action not in ACTS:
        raise ValueError(f"{action} is no act of users.audit.ACTS.")
