"""Requirements begin and end; they are never deleted, for past coverage is computed from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment, Region, RoleFamily, StaffRole
from organisation.places import house_uid_of
from organisation.scopes import Scope
from training.models import Requirement, Trainable
from training.signals import requirements_changed
from users.models import User
from users.services import audit_record

Place = Department | Establishment | Region


@dataclass(frozen=True, slots=True)
class RequirementDraft:
    """What a requirement says. Without role and family it is asked of everybody in the scope."""

    trainable: Trainable
    scope: Scope
    starts_on: dt.date
    roles: tuple[StaffRole, ...] = ()
    role_families: tuple[RoleFamily, ...] = ()
    due_days: int = 90
    due_on: dt.date | None = None
    validity_months: int | None = None
    ends_on: dt.date | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """All but the roles and families; the places that the scope does not name are empty."""
        places = dict.fromkeys(("department_id", "establishment_id", "region_id"))
        dates = {"starts_on": self.starts_on, "ends_on": self.ends_on, "due_on": self.due_on}
        return {
            **places,
            **self.scope.fields,
            **dates,
            "trainable": self.trainable,
            "due_days": self.due_days,
            "validity_months": self.validity_months,
        }


def requirement_create(
    *,
    trainable: Trainable,
    starts_on: dt.date,
    place: Place | None = None,
    roles: Iterable[StaffRole] = (),
    role_families: Iterable[RoleFamily] = (),
    due_days: int = 90,
    due_on: dt.date | None = None,
    validity_months: int | None = None,
    ends_on: dt.date | None = None,
    actor: User | None = None,
) -> Requirement:
    """Require `trainable` of these roles and families in `place` (None for the nation).

    Without role and family it is required of everybody there. Raises ValidationError.
    """
    draft = RequirementDraft(
        trainable=trainable,
        scope=_scope_of(place),
        starts_on=starts_on,
        roles=tuple(roles),
        role_families=tuple(role_families),
        due_days=due_days,
        due_on=due_on,
        validity_months=validity_months,
        ends_on=ends_on,
    )
    return requirement_save(requirement=Requirement(), draft=draft, actor=actor)


def requirement_update(
    *, requirement: Requirement, draft: RequirementDraft, actor: User | None = None
) -> Requirement:
    """Let a requirement say something else. Raises ValidationError.

    It changes what coverage says of the past, too: to change a rule from a day on, end it and
    create the next one.
    """
    stored = Requirement.objects.get(pk=requirement.pk)
    return requirement_save(requirement=stored, draft=draft, actor=actor)


@transaction.atomic
def requirement_save(
    *, requirement: Requirement, draft: RequirementDraft, actor: User | None
) -> Requirement:
    """Write what `draft` says, tell those who count, keep who did it. Raises ValidationError."""
    is_new = requirement.pk is None
    scopes_before = set() if is_new else {_stored_scope(requirement)}
    for name, value in draft.columns.items():
        setattr(requirement, name, value)
    requirement.full_clean()
    requirement.save()
    requirement.roles.set(draft.roles)
    requirement.role_families.set(draft.role_families)
    _announce(
        requirement,
        actor,
        action="requirement.create" if is_new else "requirement.update",
        scopes_before=scopes_before,
    )
    return requirement


@transaction.atomic
def requirement_end(
    *, requirement: Requirement, ends_on: dt.date, actor: User | None = None
) -> Requirement:
    """End a requirement; `ends_on` is the first day it no longer holds.

    A day before its start takes it back altogether. An end that is already nearer stays: ending
    never prolongs.
    """
    requirement = Requirement.objects.select_for_update().get(pk=requirement.pk)
    end = max(ends_on, requirement.starts_on)
    if requirement.ends_on is None or end < requirement.ends_on:
        requirement.ends_on = end
        requirement.save(update_fields=["ends_on"])
        _announce(requirement, actor, action="requirement.end")
    return requirement


def _stored_scope(requirement: Requirement) -> Scope:
    """Where it holds until now, whatever a form has written on the instance; kept from changing."""
    return Scope.of(Requirement.objects.select_for_update().get(pk=requirement.pk))


def _announce(
    requirement: Requirement,
    actor: User | None,
    *,
    action: str,
    scopes_before: Collection[Scope] = (),
) -> None:
    scope = Scope.of(requirement)
    audit_record(
        actor=actor,
        action=action,
        target=f"requirement:{requirement.pk}",
        details={
            "trainable": str(requirement.trainable.uid),
            "scope": scope.kind.value,
            "place": scope.pk,
            "starts_on": requirement.starts_on.isoformat(),
            "ends_on": requirement.ends_on and requirement.ends_on.isoformat(),
        },
        place=house_uid_of(scope),
    )
    requirements_changed.send(
        sender=Requirement,
        requirement_ids={requirement.pk},
        scopes=frozenset({scope, *scopes_before}),
    )


def _scope_of(place: Place | None) -> Scope:
    match place:
        case None:
            return Scope.nation()
        case Department():
            return Scope.department(place)
        case Establishment():
            return Scope.establishment(place)
        case Region():
            return Scope(ScopeKind.REGION, place.pk)
