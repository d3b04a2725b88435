"""The filters of the gallery."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaign_assets.enums import AssetFormat, Language, Theme
from campaign_assets.models.campaigns import Campaign
from content.filters import AudienceFilterSet
from documents.folding import fold

MANY = 2
"""A filter with fewer choices would change nothing."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that is filtered by, in words, and the rest of the address without it."""

    label: str | Promise
    query: str


class AssetFilterSet(AudienceFilterSet):
    """Words, format, audience, theme, campaign, language; each offers only what would be found."""

    q = django_filters.CharFilter(
        method="filter_words",
        label=_("Rechercher"),
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 80}),
        max_length=80,
    )
    format = django_filters.MultipleChoiceFilter(
        label=_("Format"), distinct=False, widget=forms.CheckboxSelectMultiple
    )
    theme = django_filters.ChoiceFilter(label=_("Thème"), empty_label=_("Tous les thèmes"))
    campagne = django_filters.ModelChoiceFilter(
        field_name="campaign",
        to_field_name="code",
        queryset=Campaign.objects.none(),
        label=_("Campagne"),
        empty_label=_("Toutes les campagnes"),
    )
    langue = django_filters.ChoiceFilter(
        field_name="language", label=_("Langue"), empty_label=_("Toutes les langues")
    )

    ORDER = ("q", "format", "public", "theme", "campagne", "langue")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(
            self.queryset.order_by().values_list("format", "theme", "language", "campaign_id")
        )
        formats = Counter(row[0] for row in rows)
        self.filters["format"].extra["choices"] = [
            (value, f"{label} ({formats[value]})")
            for value, label in AssetFormat.choices
            if value in formats
        ]
        self._offer("theme", Theme.choices, {row[1] for row in rows})
        self._offer("langue", Language.choices, {row[2] for row in rows})
        campaigns = {row[3] for row in rows} - {None}
        self.filters["campagne"].queryset = Campaign.objects.filter(pk__in=campaigns)
        for name, found in (("langue", {row[2] for row in rows}), ("campagne", campaigns)):
            if len(found) < (MANY if name == "langue" else 1):
                del self.filters[name]

    def filter_words(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that have the beginning of each word, whatever the accents."""
        for word in fold(value).split():
            queryset = queryset.filter(folded_words__contains=f" {word}")
        return queryset

    def get_form_class(self) -> Any:
        form_class = super().get_form_class()
        form_class.field_order = self.ORDER
        return form_class

    @property
    def chosen(self) -> list[Chosen]:
        """What is filtered by now, each with the way back."""
        return list(self._chosen())

    @property
    def campaign(self) -> Campaign | None:
        """The campaign that is looked at."""
        found = self.form.cleaned_data.get("campagne") if self.form.is_valid() else None
        return found if isinstance(found, Campaign) else None

    def _offer(self, name: str, choices: list[Any], used: set[str]) -> None:
        self.filters[name].extra["choices"] = [one for one in choices if one[0] in used]

    def _chosen(self) -> Iterator[Chosen]:
        self.form.is_valid()
        for name, value in self.form.cleaned_data.items():
            if name == "q" and value:
                yield Chosen(f"«\N{NO-BREAK SPACE}{value}\N{NO-BREAK SPACE}»", self._without(name))
            elif name == "format":
                for one in value:
                    yield Chosen(AssetFormat(one).label, self._without(name, one))
            elif value:
                yield Chosen(self._label(name, value), self._without(name))

    def _label(self, name: str, value: Any) -> str | Promise:
        enums = {"theme": Theme, "langue": Language}
        return enums[name](value).label if name in enums else str(value)

    def _without(self, name: str, value: str | None = None) -> str:
        query = QueryDict(self.data.urlencode(), mutable=True)
        kept = [one for one in query.getlist(name) if value is not None and one != value]
        query.setlist(name, kept)
        query.pop("page", None)
        return query.urlencode()
