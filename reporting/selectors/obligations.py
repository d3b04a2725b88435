"""What was required at the end of a month, for those who read its grid."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from organisation.enums import ScopeKind
from organisation.models import Region
from training.models import Requirement, Trainable


def obligations_at(
    *, day: dt.date, trainable: Trainable, region: Region | None = None
) -> list[Requirement]:
    """The requirements of a training by the nation and by `region`, or by all regions without one.

    Those that an establishment sets for itself stay its own. Three queries.
    """
    by_region = Q(scope=ScopeKind.REGION)
    if region is not None:
        by_region &= Q(region=region)
    found = Requirement.objects.at(day).filter(
        Q(scope=ScopeKind.NATION) | by_region, trainable=trainable
    )
    return list(
        found.select_related("region")
        .prefetch_related("roles", "role_families")
        .order_by("-scope", "starts_on", "pk")
    )
