"""Progress for a page that has not counted yet."""

from __future__ import annotations

from django.utils import timezone

from organisation.models import Department, Establishment, Region
from reporting.models import CoverageMonth, Objective
from reporting.selectors.coverage import coverage_of_department, coverage_of_establishment

from .places import ObjectivePlace
from .selectors import Followed, followed_frozen, followed_live


def followed_now(*, place: ObjectivePlace, objectives: list[Objective]) -> list[Followed]:
    """As of today for near places, as of the last frozen month for others: none before there is
    one."""
    where, today = place.place, timezone.localdate()
    if isinstance(where, Establishment):
        coverage = coverage_of_establishment(establishment=where, day=today)
        return followed_live(place=where, coverage=coverage, objectives=objectives)
    if isinstance(where, Department):
        coverage = coverage_of_department(department=where, day=today)
        return followed_live(place=where, coverage=coverage, objectives=objectives)
    assert where is None or isinstance(where, Region)
    month = CoverageMonth.objects.first()
    if month is None:
        return []
    return followed_frozen(region=where, month=month, objectives=objectives)
