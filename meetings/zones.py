"""The time zone of each region: Paris, but for the five overseas regions (INSEE codes)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PlaceZone:
    """A zone and how it is told to the reader; nothing is told for Paris."""

    zone: ZoneInfo
    label: str | Promise = ""

    def local(self, moment: dt.datetime) -> dt.datetime:
        """`moment` on the clocks of the place."""
        return moment.astimezone(self.zone)


PARIS = PlaceZone(ZoneInfo("Europe/Paris"))
OVERSEAS = {
    "01": PlaceZone(ZoneInfo("America/Guadeloupe"), _("heure de la Guadeloupe")),
    "02": PlaceZone(ZoneInfo("America/Martinique"), _("heure de la Martinique")),
    "03": PlaceZone(ZoneInfo("America/Cayenne"), _("heure de la Guyane")),
    "04": PlaceZone(ZoneInfo("Indian/Reunion"), _("heure de La Réunion")),
    "06": PlaceZone(ZoneInfo("Indian/Mayotte"), _("heure de Mayotte")),
}


def zone_of_region(code: str) -> PlaceZone:
    """The zone of the region with this INSEE code."""
    return OVERSEAS.get(code, PARIS)
