"""What of the reach one wants to see: a plain GET form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign_assets.models import Campaign
from campaign_assets.reach.selectors import ReachFilter
from reporting.reach.counting import midnight
from reporting.reach.places import Place

PERIODS = {
    "4": _("4 semaines"),
    "12": _("12 semaines"),
    "26": _("6 mois"),
    "52": _("1 an"),
}
USUAL = "12"


class ReachForm(forms.Form):
    """Over how many weeks until today, of which place and campaign."""

    lieu = forms.ChoiceField(label=_("Lieu"), required=False)
    periode = forms.ChoiceField(label=_("Période"), choices=list(PERIODS.items()), required=False)
    campagne = forms.ModelChoiceField(
        label=_("Campagne"),
        queryset=Campaign.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label=_("Toutes les campagnes"),
    )

    def __init__(self, data: QueryDict, *, places: Sequence[Place]) -> None:
        shown = data.copy()
        shown.setdefault("periode", USUAL)
        shown.setdefault("lieu", places[0].key)
        super().__init__(shown)
        self.places = {place.key: place for place in places}
        self.fields["lieu"].choices = [(place.key, place.name) for place in places]  # type: ignore[attr-defined]

    @property
    def place(self) -> Place:
        """The one that is chosen; the first one where it is none of hers."""
        first = next(iter(self.places.values()))
        return self.places.get(self.cleaned_data.get("lieu", ""), first)

    @property
    def weeks(self) -> int:
        return int(self.cleaned_data.get("periode") or USUAL)

    def wanted(self) -> ReachFilter:
        """Whole weeks, the present one among them."""
        today = timezone.localdate()
        monday = today - dt.timedelta(days=today.weekday())
        return ReachFilter(
            since=midnight(monday - dt.timedelta(weeks=self.weeks - 1)),
            until=midnight(monday + dt.timedelta(weeks=1)),
            campaign=self.cleaned_data.get("campagne"),
            establishment=self.place.establishment,
            region=self.place.region,
        )
