"""The filters of the gallery."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from campaign_assets.enums import AssetFormat, Theme
from content.filters import AudienceFilterSet


class AssetFilterSet(AudienceFilterSet):
    """Audience, format, and those themes of which there is something to show."""

    format = django_filters.ChoiceFilter(
        choices=AssetFormat.choices, label=_("Format"), empty_label=_("Tous les formats")
    )
    theme = django_filters.ChoiceFilter(label=_("Thème"), empty_label=_("Tous les thèmes"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = set(self.queryset.order_by().values_list("theme", flat=True).distinct())
        self.filters["theme"].extra["choices"] = [
            (value, label) for value, label in Theme.choices if value in used
        ]
