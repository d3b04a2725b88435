"""Filters of listings: plain GET forms, so that an address can be shared without a script."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _

from content.models.audiences import Audience


class AudienceFilterSet(django_filters.FilterSet):
    """Pages for one audience; those that name no audience are for everybody."""

    public = django_filters.ModelChoiceFilter(
        field_name="audiences",
        to_field_name="code",
        queryset=Audience.objects.all(),
        label=_("Public"),
        empty_label=_("Tous les publics"),
    )
