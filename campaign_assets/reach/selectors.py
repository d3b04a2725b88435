"""Counting what became of the assets; one query each, whatever is counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncWeek

from campaign_assets.enums import ReachKind
from campaign_assets.models import Campaign, ReachEvent
from organisation.models import Establishment, Region


@dataclass(frozen=True, slots=True)
class ReachFilter:
    """Over ``[since, until)``; of a campaign and a place, or of all."""

    since: dt.datetime
    until: dt.datetime
    campaign: Campaign | None = None
    establishment: Establishment | None = None
    region: Region | None = None

    def condition(self, *, at: str, asset: str, establishment: str) -> Q:
        """The same condition on rows that name these things by such paths."""
        wanted = Q(**{f"{at}__gte": self.since, f"{at}__lt": self.until})
        if self.campaign is not None:
            wanted &= Q(**{f"{asset}__campaign": self.campaign})
        if self.establishment is not None:
            wanted &= Q(**{establishment: self.establishment})
        if self.region is not None:
            wanted &= Q(**{f"{establishment}__region": self.region})
        return wanted


GROUPS: Mapping[str, Any] = {
    "asset": "asset",
    "establishment": "establishment",
    "region": "establishment__region",
    "short_link": "short_link",
    "week": TruncWeek("at"),
}


def events_by(group: str, wanted: ReachFilter) -> dict[tuple[Any, str], int]:
    """{(of the group, kind of event): how many}. A week is its Monday at midnight, here."""
    path = GROUPS[group]
    rows = (
        ReachEvent.objects.filter(
            wanted.condition(at="at", asset="asset", establishment="establishment")
        )
        .order_by()
        .values_list(path, "kind")
        .annotate(count=Count("pk"))
    )
    return {(key, kind): count for key, kind, count in rows}


def with_downloads(assets: QuerySet[Any]) -> QuerySet[Any]:
    """The assets with `downloads`: how often their files were taken away."""
    counted = (
        ReachEvent.objects.filter(asset=OuterRef("pk"), kind=ReachKind.DOWNLOAD)
        .order_by()
        .values("asset")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found: QuerySet[Any] = assets.annotate(
        downloads=Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    )
    return found
