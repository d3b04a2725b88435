"""A frozen month written by hand: each establishment with its figures, hidden or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from organisation.models import Establishment, Region
from reporting.enums import PlaceKind, SizeClass
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry
from tests.organisation.factories import EstablishmentFactory, GrantFactory, RegionFactory
from users.models import User

OCTOBER = dt.date(2026, 10, 31)


@dataclass
class Country:
    """Six hospitals of one region and family with 10 to 60 %, one that is hidden, one silent; and
    an EHPAD elsewhere."""

    month: CoverageMonth
    bretagne: Region
    elsewhere: Region
    houses: list[Establishment]
    hidden: Establishment
    silent: Establishment
    far: Establishment
    users: dict[str, User] = field(default_factory=dict)


def cell(
    month: CoverageMonth, kind: PlaceKind, covered: int, expected: int = 100, **more: Any
) -> CoverageSnapshot:
    figures = {"covered": covered, "expected": expected, "overdue": 0, "unknown": 0}
    return CoverageSnapshot.objects.create(month=month, kind=kind, **(figures | more))


def enrol(month: CoverageMonth, houses: Iterable[Establishment], **more: Any) -> None:
    for house in houses:
        values = {"size": SizeClass.UNDER_500, "is_silent": False} | more
        RollEntry.objects.create(
            month=month,
            establishment=house,
            region=house.region,
            family=house.family,
            **values,
        )


def country() -> Country:
    month = CoverageMonth.objects.create(ends_on=OCTOBER, computed_at=timezone.now())
    bretagne, elsewhere = RegionFactory(), RegionFactory(code="11")
    houses = [
        EstablishmentFactory(name=f"CH n° {number}", region=bretagne, family="ch")
        for number in range(1, 7)
    ]
    hidden = EstablishmentFactory(name="CH caché", region=bretagne, family="ch")
    silent = EstablishmentFactory(name="CH muet", region=bretagne, family="ch")
    far = EstablishmentFactory(name="EHPAD lointain", region=elsewhere, family="ehpad")
    enrol(month, [*houses, hidden, far])
    enrol(month, [silent], is_silent=True, size=SizeClass.UNKNOWN)
    for number, house in enumerate(houses, start=1):
        cell(month, PlaceKind.ESTABLISHMENT, 10 * number, establishment=house)
    cell(month, PlaceKind.ESTABLISHMENT, 3, 4, establishment=hidden, is_suppressed=True)
    cell(month, PlaceKind.ESTABLISHMENT, 90, establishment=far)
    cell(month, PlaceKind.REGION, 213, 604, region=bretagne)
    cell(month, PlaceKind.REGION, 90, region=elsewhere, is_suppressed=True)
    cell(month, PlaceKind.FAMILY, 213, 604, family="ch")
    cell(month, PlaceKind.FAMILY, 90, family="ehpad", is_suppressed=True)
    cell(month, PlaceKind.SIZE, 303, 704, size=SizeClass.UNDER_500)
    cell(month, PlaceKind.NATION, 303, 704)
    found = Country(month, bretagne, elsewhere, houses, hidden, silent, far)
    found.users = {
        "ciso": GrantFactory(establishment=houses[4]).user,
        "ciso of the hidden": GrantFactory(establishment=hidden).user,
        "region": GrantFactory(for_region=True, region=bretagne).user,
        "nation": GrantFactory(for_nation=True).user,
    }
    return found


def main_of(response: Any) -> str:
    """What the page says, without the frame and with plain spaces."""
    assert response.status_code == 200, response.status_code
    text = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())
