"""Writing to the audit log."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from users.audit import ACTS
from users.models import AuditEntry, User


def audit_record(
    *,
    actor: User | None,
    action: str,
    target: str,
    details: dict[str, Any] | None = None,
    place: uuid.UUID | None = None,
) -> AuditEntry:
    """Keep that `actor` did `action` (a word of `users.audit.ACTS`) on `target`; nobody is the
    command line or the platform itself. `place` is the uid of the establishment that it concerns,
    whose own managers may then read it. Raises ValueError for a word that is not in the list."""
    _check(action)
    return AuditEntry.objects.create(
        actor=actor, action=action, target=target, details=details or {}, place=place
    )


def audit_record_each(
    *,
    actor: User | None,
    action: str,
    targets: Iterable[str],
    details: dict[str, Any] | None = None,
    places: Mapping[str, uuid.UUID] | None = None,
    details_of: Mapping[str, dict[str, Any]] | None = None,
) -> None:
    """The same of many targets, in one query; `places` says which of them are where, `details_of`
    what else is told of each."""
    _check(action)
    where = places or {}
    AuditEntry.objects.bulk_create(
        AuditEntry(
            actor=actor,
            action=action,
            target=target,
            details={**(details or {}), **(details_of or {}).get(target, {})},
            place=where.get(target),
        )
        for target in targets
    )


def _check(action: str) -> None:
    if action not in ACTS:
        raise ValueError(f"{action} is no act of users.audit.ACTS.")
