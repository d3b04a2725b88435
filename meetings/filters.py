"""The filters of the calendar."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Region

PAST = "passees"


class MeetingFilterSet(django_filters.FilterSet):
    """Meetings to come, unless those that are over are asked for; in one region or in all."""

    region = django_filters.ModelChoiceFilter(
        to_field_name="code",
        queryset=Region.objects.all(),
        label=_("Région"),
        empty_label=_("Toutes les régions"),
    )
    quand = django_filters.ChoiceFilter(
        choices=[(PAST, _("Rencontres passées"))],
        method="filter_nothing_more",
        label=_("Période"),
        empty_label=_("Rencontres à venir"),
    )

    def filter_queryset(self, queryset: Any) -> Any:
        now = timezone.now()
        shows_past = self.form.cleaned_data.get("quand") == PAST
        side = queryset.past(now) if shows_past else queryset.upcoming(now)
        return super().filter_queryset(side)

    def filter_nothing_more(self, queryset: Any, name: str, value: str) -> Any:
        """`filter_queryset` has already taken the side."""
        return queryset
