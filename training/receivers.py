"""What happens below that requirements have to follow."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery

from organisation.enums import ScopeKind
from organisation.models import Establishment
from organisation.scopes import Scope
from organisation.signals import EstablishmentsMerge, establishments_merged
from training.models import Requirement
from training.signals import requirements_changed


def connect() -> None:
    establishments_merged.connect(requirements_follow_merge)


def requirements_follow_merge(change: EstablishmentsMerge, **kwargs: Any) -> None:
    """A requirement of an establishment that became part of another is the other's."""
    moved = Requirement.objects.filter(establishment__in=change.targets)
    requirement_ids = set(moved.values_list("pk", flat=True))
    if not requirement_ids:
        return
    heir = Establishment.objects.filter(pk=OuterRef("establishment"))
    moved.update(establishment=Subquery(heir.values("merged_into")[:1]))
    scopes = frozenset(Scope(ScopeKind.ESTABLISHMENT, one) for one in change.establishment_ids)
    requirements_changed.send(sender=Requirement, requirement_ids=requirement_ids, scopes=scopes)
