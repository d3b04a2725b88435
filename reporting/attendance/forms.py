"""What of the attendance one wants to see: plain GET forms."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.forms import MonthField
from reporting.models import CoverageMonth
from training.validity import months_added

YEAR, EVER = "12", "tout"


class AttendanceForm(forms.Form):
    """Over which time; of which meeting the names are."""

    periode = forms.ChoiceField(
        label=_("Période"),
        choices=[(YEAR, _("12 derniers mois")), (EVER, _("Depuis le début"))],
        required=False,
    )
    rencontre = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict) -> None:
        shown = data.copy()
        shown.setdefault("periode", YEAR)
        super().__init__(shown)

    @property
    def since(self) -> dt.date | None:
        if self._value("periode") == EVER:
            return None
        return months_added(timezone.localdate(), -12)

    @property
    def meeting(self) -> Any:
        return self._value("rencontre")

    def _value(self, name: str) -> Any:
        return getattr(self, "cleaned_data", {}).get(name)


class PublishedForm(forms.Form):
    """Which frozen month."""

    mois = MonthField(
        label=_("Mois"),
        queryset=CoverageMonth.objects.filter(attendance__isnull=False).order_by("-ends_on"),
        required=False,
        empty_label=None,
        to_field_name="ends_on",
    )
