"""The form of a meeting: her own regions, and hours on the clocks of the place.

What an editor types is what the clock on the wall of the meeting shows, wherever she sits. Another
region for the same meeting keeps the hours as typed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from meetings.editing.access import regions_edited
from meetings.zones import PARIS, zone_of_region

HOURS = ("starts_at", "ends_at", "registration_closes_at")
AT_THE_PLACE = gettext_lazy("À l’heure du lieu : celle que montrent les horloges de la région.")


class WallClockField(forms.DateTimeField):
    """A moment without a zone: the form knows the place."""

    @classmethod
    def instead_of(cls, field: forms.Field) -> WallClockField:
        return cls(
            required=field.required,
            label=field.label,
            help_text=format_lazy("{} {}", AT_THE_PLACE, field.help_text),
            widget=field.widget,
        )

    def to_python(self, value: Any) -> dt.datetime | None:
        # Every hour exists in UTC; what the place has of it is told once its region is known.
        with timezone.override(dt.UTC):
            moment = super().to_python(value)
        return moment.replace(tzinfo=None) if moment else None


class MeetingForm(WagtailAdminPageForm):
    """Shows and reads the hours of a meeting on the clocks of its region."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "region" in self.fields:
            self._offer_own_regions()
        zone = self._zone_of(self.instance.region if self.instance.region_id else None)
        for name in HOURS:
            if name in self.fields:
                self.fields[name] = WallClockField.instead_of(self.fields[name])
                self.initial[name] = _on_the_wall(getattr(self.instance, name), zone)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        region = cleaned.get("region")
        zone = self._zone_of(region)
        for name in HOURS:
            typed = cleaned.get(name)
            moment = self._moment(name, typed, zone, region) if typed is not None else None
            if moment is not None:
                cleaned[name] = moment
        return cleaned

    def _offer_own_regions(self) -> None:
        regions = regions_edited(self.for_user, self.parent_page) if self.for_user else None
        if regions is not None:
            field: Any = self.fields["region"]
            field.queryset = field.queryset.filter(pk__in=regions)
            if len(regions) == 1 and not self.instance.region_id:
                self.initial["region"] = next(iter(regions))

    def _moment(
        self, name: str, typed: dt.datetime, zone: ZoneInfo, region: Any
    ) -> dt.datetime | None:
        """The moment at which the clocks of `zone` show what was typed. An hour that they show
        twice, when winter begins, is the first of the two, unless it was stored as the second. One
        that they skip is refused."""
        stored: dt.datetime | None = getattr(self.instance, name)
        is_same_place = region is not None and self.instance.region_id == region.pk
        if stored is not None and is_same_place and _on_the_wall(stored, zone) == typed:
            return stored
        moment = typed.replace(tzinfo=zone).astimezone(dt.UTC)
        if _on_the_wall(moment, zone) != typed:
            self.add_error(name, ValidationError(_skipped(typed), code="skipped"))
            return None
        return moment

    @staticmethod
    def _zone_of(region: Any) -> ZoneInfo:
        return (zone_of_region(region.code) if region is not None else PARIS).zone


def _on_the_wall(moment: dt.datetime | None, zone: ZoneInfo) -> dt.datetime | None:
    """To the minute, as the form shows it."""
    if moment is None:
        return None
    return moment.astimezone(zone).replace(tzinfo=None, fold=0, second=0, microsecond=0)


def _skipped(typed: dt.datetime) -> str:
    words = _(
        "Le %(day)s, il n’est jamais %(hour)s : cette nuit-là, les horloges avancent d’une heure "
        "(passage à l’heure d’été). Choisissez une heure plus tôt ou plus tard."
    )
    return words % {"day": f"{typed:%d/%m/%Y}", "hour": f"{typed.hour} h {typed.minute:02d}"}
