"""Frozen months as the plain Python of the grid reads them: figures that nobody sees."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from reporting.counting import ALL
from reporting.enums import PlaceKind
from reporting.grid import FrozenGrid, GridKey, Place, places_of
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry


def frozen_beside(*, day: dt.date) -> list[FrozenGrid]:
    """The last month frozen before `day` and the first one after it, as far as there are any. Four
    queries."""
    before = CoverageMonth.objects.filter(ends_on__lt=day).order_by("-ends_on").first()
    after = CoverageMonth.objects.filter(ends_on__gt=day).order_by("ends_on").first()
    months = [month.pk for month in (before, after) if month is not None]
    sizes: dict[int, dict[GridKey, int]] = defaultdict(dict)
    hidden: dict[int, set[GridKey]] = defaultdict(set)
    for month, key, people, is_hidden in _cells(months):
        sizes[month][key] = people
        if is_hidden:
            hidden[month].add(key)
    places = _places(months)
    return [FrozenGrid(sizes[month], hidden[month], places[month]) for month in months]


def _cells(months: list[int]) -> list[tuple[int, GridKey, int, bool]]:
    rows = CoverageSnapshot.objects.filter(month__in=months).order_by()
    return [
        (
            month,
            GridKey(
                _place(kind, establishment, region, family, size), role_family, training or ALL
            ),
            expected + unknown,
            is_hidden,
        )
        for (
            month,
            kind,
            establishment,
            region,
            family,
            size,
            role_family,
            training,
            expected,
            unknown,
            is_hidden,
        ) in rows.values_list(
            "month_id",
            "kind",
            "establishment_id",
            "region_id",
            "family",
            "size",
            "role_family_id",
            "trainable_id",
            "expected",
            "unknown",
            "is_suppressed",
        )
    ]


def _place(
    kind: str, establishment: int | None, region: int | None, family: str, size: str
) -> Place:
    keys: dict[str, int | str | None] = {
        PlaceKind.ESTABLISHMENT: establishment,
        PlaceKind.REGION: region,
        PlaceKind.FAMILY: family,
        PlaceKind.SIZE: size,
    }
    return Place(kind, keys.get(kind))


def _places(months: list[int]) -> dict[int, dict[int, tuple[Place, ...]]]:
    """Month -> establishment -> the rows that it is a part of."""
    found: dict[int, dict[int, tuple[Place, ...]]] = defaultdict(dict)
    rolls = RollEntry.objects.filter(month__in=months).order_by()
    for month, establishment, region, family, size in rolls.values_list(
        "month_id", "establishment_id", "region_id", "family", "size"
    ):
        found[month][establishment] = places_of(
            establishment=establishment, region=region, family=family, size=size
        )
    return found
