"""Nobody deletes the organisation's rows."""

from __future__ import annotations

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

MODELS = (Appointment, Department, Establishment, Grant, Headcount, Person, StaffRole)


def register_policies() -> None:
    """Before anything asks for a policy; once."""
    for model in MODELS:
        register_permission_policy(model, KeepingPolicy(model))
