"""The filters of the calendar. Their whole state stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from content.filters import AudienceFilterSet
from meetings.enums import MeetingFormat
from meetings.zones import Month
from organisation.models import Region

PAST = "passees"
REGION, MONTH, SIDE = "region", "mois", "quand"
ORDER = (REGION, MONTH, "format", "public", SIDE)
# Whoever wants to come finds what is on site, whoever stays at home what is remote: both are both.
FORMATS = {
    MeetingFormat.ON_SITE: (MeetingFormat.ON_SITE, MeetingFormat.BOTH),
    MeetingFormat.REMOTE: (MeetingFormat.REMOTE, MeetingFormat.BOTH),
    MeetingFormat.BOTH: (MeetingFormat.BOTH,),
}


class MeetingFilterSet(AudienceFilterSet):
    """Meetings to come, unless those that are over are asked for; in one region or in all."""

    region = django_filters.ModelChoiceFilter(
        to_field_name="code",
        queryset=Region.objects.all(),
        label=_("Région"),
        empty_label=_("Toutes"),
    )
    mois = django_filters.ChoiceFilter(
        choices=[], method="filter_month", label=_("Mois"), empty_label=_("Tous")
    )
    format = django_filters.ChoiceFilter(
        choices=[
            (MeetingFormat.ON_SITE, _("Sur place")),
            (MeetingFormat.REMOTE, _("À distance")),
            (MeetingFormat.BOTH, _("Les deux, au choix")),
        ],
        method="filter_format",
        label=_("Format"),
        empty_label=_("Tous"),
    )
    quand = django_filters.ChoiceFilter(
        choices=[(PAST, _("Rencontres passées"))],
        method="filter_nothing_more",
        label=_("Période"),
        empty_label=_("Rencontres à venir"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters = {name: self.filters[name] for name in ORDER}  # type: ignore[has-type]
        self.filters["public"].extra["empty_label"] = _("Tous")
        self.filters[MONTH].extra["choices"] = [(str(m), month_name(m)) for m in self._months()]

    @property
    def shows_past(self) -> bool:
        return bool(self.data.get(SIDE) == PAST)

    def filter_queryset(self, queryset: Any, *, without: str = "") -> Any:
        """The meetings asked for, on one side of now; `without` names a filter to leave out."""
        now = timezone.now()
        found = queryset.past(now) if self.shows_past else queryset.upcoming(now)
        for name, value in self.form.cleaned_data.items():
            if name != without:
                found = self.filters[name].filter(found, value)
        return found

    def filter_month(self, queryset: Any, name: str, value: str) -> Any:
        month = Month.read(value)
        return queryset.filter(month.starting()) if month else queryset

    def filter_format(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(format__in=FORMATS[MeetingFormat(value)])

    def filter_nothing_more(self, queryset: Any, name: str, value: str) -> Any:
        """`filter_queryset` has already taken the side."""
        return queryset

    def _months(self) -> list[Month]:
        """Those with a meeting on this side, and the one that is asked for, be it empty by now."""
        now = timezone.now()
        side = self.queryset.past(now) if self.shows_past else self.queryset.upcoming(now)
        rows = side.order_by().values_list("starts_at", "region__code")
        months = {Month.of(starts_at, region) for starts_at, region in rows}
        if asked := Month.read(self.data.get(MONTH, "")):
            months.add(asked)
        return sorted(months, reverse=self.shows_past)


def month_name(month: Month) -> str:
    """«mars 2027»."""
    return f"{MONTHS[month.number]} {month.year}"
