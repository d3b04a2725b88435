"""The time zone of each region: Paris, but for the five overseas regions (INSEE codes).

Hours are told on the clocks of the place, and on those of Paris beside them where they differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PlaceZone:
    """A zone and how it is told to the reader; nothing is told for Paris."""

    zone: ZoneInfo
    label: str | Promise = ""
    """«heure de La Réunion»."""
    there: str | Promise = ""
    """«à La Réunion»."""

    def local(self, moment: dt.datetime) -> dt.datetime:
        """`moment` on the clocks of the place."""
        return moment.astimezone(self.zone)


PARIS = PlaceZone(ZoneInfo("Europe/Paris"))
OVERSEAS = {
    "01": PlaceZone(
        ZoneInfo("America/Guadeloupe"), _("heure de la Guadeloupe"), _("en Guadeloupe")
    ),
    "02": PlaceZone(
        ZoneInfo("America/Martinique"), _("heure de la Martinique"), _("en Martinique")
    ),
    "03": PlaceZone(ZoneInfo("America/Cayenne"), _("heure de la Guyane"), _("en Guyane")),
    "04": PlaceZone(ZoneInfo("Indian/Reunion"), _("heure de La Réunion"), _("à La Réunion")),
    "06": PlaceZone(ZoneInfo("Indian/Mayotte"), _("heure de Mayotte"), _("à Mayotte")),
}


def zone_of_region(code: str) -> PlaceZone:
    """The zone of the region with this INSEE code."""
    return OVERSEAS.get(code, PARIS)


class AtPlace:
    """What is held in a region from `starts_at` to `ends_at`, on the clocks of the place."""

    if TYPE_CHECKING:
        region: Any
        starts_at: Any
        ends_at: Any

    @property
    def place_zone(self) -> PlaceZone:
        return zone_of_region(self.region.code)

    @property
    def local_start(self) -> dt.datetime:
        return self.place_zone.local(self.starts_at)

    @property
    def local_end(self) -> dt.datetime:
        return self.place_zone.local(self.ends_at)


@dataclass(frozen=True, order=True)
class Month:
    """A month of a calendar on a wall; which moments it has depends on the place."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: dt.datetime, region: str) -> Month:
        """The month that `moment` (aware) falls in, at the place."""
        local = zone_of_region(region).local(moment)
        return cls(local.year, local.month)

    @classmethod
    def read(cls, text: str) -> Month | None:
        """From «2027-03»; None for anything else."""
        try:
            day = dt.datetime.strptime(text, "%Y-%m")
        except ValueError:
            return None
        return cls(day.year, day.month) if f"{day:%Y-%m}" == text else None

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    def starting(self, field: str = "starts_at", region: str = "region__code") -> Q:
        """What starts in this month, on the clocks of each place."""
        mainland = ~Q(**{f"{region}__in": list(OVERSEAS)}) & self._within(field, PARIS)
        parts: Iterable[Q] = (
            Q(**{region: code}) & self._within(field, zone) for code, zone in OVERSEAS.items()
        )
        found = mainland
        for part in parts:
            found |= part
        return found

    def _within(self, field: str, place: PlaceZone) -> Q:
        following = (self.first + dt.timedelta(days=31)).replace(day=1)
        first, after = (
            dt.datetime.combine(day, dt.time(), tzinfo=place.zone)
            for day in (self.first, following)
        )
        return Q(**{f"{field}__gte": first, f"{field}__lt": after})
