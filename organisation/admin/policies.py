"""Nobody deletes the organisation's rows, and nobody writes the audit log."""

from __future__ import annotations

from typing import Any

from wagtail.permissions import register_permission_policy

from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    Person,
    StaffRole,
)
from users.admin.policies import KeepingPolicy
from users.models import AuditEntry
from users.permissions import may_read_audit

MODELS = (Appointment, Department, Establishment, Grant, Headcount, Person, StaffRole)


class AuditPolicy(KeepingPolicy):
    """Reading only, whatever the account."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and may_read_audit(user)


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    for model in MODELS:
        register_permission_policy(model, KeepingPolicy(model))
    register_permission_policy(AuditEntry, AuditPolicy(AuditEntry))
