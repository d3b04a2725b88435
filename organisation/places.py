"""Places as values for rooms that know no places."""

from __future__ import annotations

import uuid

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment, Region
from organisation.scopes import Scope


def house_uid(place: Department | Establishment | Region | None) -> uuid.UUID | None:
    """The establishment that a place is or belongs to; none for a region or the nation."""
    if isinstance(place, Department):
        return place.establishment.uid
    return place.uid if isinstance(place, Establishment) else None


def house_uid_of(scope: Scope) -> uuid.UUID | None:
    """The same of a scope. One query."""
    if scope.kind == ScopeKind.ESTABLISHMENT:
        houses = Establishment.objects.filter(pk=scope.place_pk)
    elif scope.kind == ScopeKind.DEPARTMENT:
        houses = Establishment.objects.filter(departments=scope.place_pk)
    else:
        return None
    return houses.values_list("uid", flat=True).first()
