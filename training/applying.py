"""Which requirements apply in a place, for those who organise its training."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment
from organisation.scopes import Scope
from training.models import Requirement


def requirements_applying(*, place: Department | Establishment, day: dt.date) -> list[Requirement]:
    """Those that hold at `day` or later and reach somebody there: the nation's, its region's, the
    establishment's, the department's; for an establishment those of its departments, too.

    Widest scope first. Four queries.
    """
    establishment = place if isinstance(place, Establishment) else place.establishment
    reaching = Q(scope=ScopeKind.NATION) | Q(establishment=establishment)
    if establishment.region_id is not None:
        reaching |= Q(region=establishment.region_id)
    if isinstance(place, Department):
        reaching |= Q(department=place)
    else:
        reaching |= Q(department__establishment=establishment)
    found = (
        Requirement.objects.filter(reaching)
        .filter(Q(ends_on=None) | Q(ends_on__gt=day))
        .select_related("trainable", "region", "establishment", "department")
        .prefetch_related("roles", "role_families")
    )
    order = list(ScopeKind)[::-1]
    return sorted(found, key=lambda one: (order.index(ScopeKind(one.scope)), one.trainable.title))


def is_own(requirement: Requirement, place: Department | Establishment) -> bool:
    """Whether those in charge of `place` may end it: it is the place's, or its department's."""
    scope = Scope.of(requirement)
    if isinstance(place, Department):
        return scope == Scope.department(place)
    department = requirement.department
    return scope == Scope.establishment(place) or (
        department is not None and department.establishment_id == place.pk
    )
