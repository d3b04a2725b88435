"""Writing requirements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment, Region, RoleFamily, StaffRole
from training.models import Requirement, Trainable
from training.signals import requirements_changed


@transaction.atomic
def requirement_create(
    *,
    trainable: Trainable,
    starts_on: dt.date,
    place: Department | Establishment | Region | None = None,
    roles: Iterable[StaffRole] = (),
    role_families: Iterable[RoleFamily] = (),
    due_days: int = 90,
    validity_months: int | None = None,
    ends_on: dt.date | None = None,
) -> Requirement:
    """Require `trainable` of these roles and families in `place` (None for the nation).

    Without role and family it is required of everybody there. Raises ValidationError.
    """
    requirement = Requirement(
        trainable=trainable,
        starts_on=starts_on,
        ends_on=ends_on,
        due_days=due_days,
        validity_months=validity_months,
        scope=_scope_kind(place),
    )
    if place is not None:
        setattr(requirement, requirement.scope, place)
    requirement.full_clean()
    requirement.save()
    requirement.roles.set(roles)
    requirement.role_families.set(role_families)
    requirements_changed.send(sender=Requirement, requirement_ids={requirement.pk})
    return requirement


def _scope_kind(place: Department | Establishment | Region | None) -> ScopeKind:
    match place:
        case None:
            return ScopeKind.NATION
        case Department():
            return ScopeKind.DEPARTMENT
        case Establishment():
            return ScopeKind.ESTABLISHMENT
        case Region():
            return ScopeKind.REGION
