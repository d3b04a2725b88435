"""Filters of listings: plain GET forms, so that an address can be shared without a script."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from content.models.audiences import Audience


class AudienceFilterSet(django_filters.FilterSet):
    """Pages for one audience; those that name no audience are for everybody."""

    public = django_filters.ModelChoiceFilter(
        field_name="audiences",
        to_field_name="code",
        queryset=Audience.objects.all(),
        method="filter_public",
        label=_("Public"),
        empty_label=_("Tous les publics"),
    )

    def filter_public(self, queryset: QuerySet[Any], name: str, value: Audience) -> QuerySet[Any]:
        return queryset.filter(Q(audiences=value) | Q(audiences=None))
