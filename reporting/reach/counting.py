"""Events of assets and the learning that they began, put together. Two queries a grouping."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import timezone

from campaign_assets.enums import ReachKind
from campaign_assets.reach.selectors import ReachFilter, events_by
from courses.models import LearningSession


@dataclass(frozen=True, slots=True)
class Reach:
    """How often files were taken, films started, codes followed; of the learning sessions that a
    code began, how many there are and how many are finished."""

    downloads: int = 0
    plays: int = 0
    scans: int = 0
    begun: int = 0
    finished: int = 0

    def __add__(self, other: Reach) -> Reach:
        return Reach(
            self.downloads + other.downloads,
            self.plays + other.plays,
            self.scans + other.scans,
            self.begun + other.begun,
            self.finished + other.finished,
        )

    def __bool__(self) -> bool:
        return self != NOTHING

    @property
    def events(self) -> int:
        return self.downloads + self.plays + self.scans


NOTHING = Reach()
_FIELDS = {
    ReachKind.DOWNLOAD.value: "downloads",
    ReachKind.PLAY.value: "plays",
    ReachKind.SCAN.value: "scans",
}
_SESSION_GROUPS: Mapping[str, Any] = {
    "asset": "came_by__asset",
    "establishment": "came_by__establishment",
    "region": "came_by__establishment__region",
    "short_link": "came_by",
    "week": TruncWeek("started_at"),
}


def reach_by(group: str, wanted: ReachFilter) -> dict[Any, Reach]:
    """Reach by the key of an asset, establishment, region or short link, or by the Monday of a
    week. A session counts in the week in which it began, finished or not."""
    fields: dict[Any, dict[str, int]] = defaultdict(dict)
    for (key, kind), count in events_by(group, wanted).items():
        fields[key][_FIELDS[kind]] = count
    for key, begun, finished in _sessions_by(group, wanted):
        fields[key] |= {"begun": begun, "finished": finished}
    return {key: Reach(**counted) for key, counted in fields.items()}


def total(counted: Iterable[Reach]) -> Reach:
    return sum(counted, NOTHING)


def weeks_of(wanted: ReachFilter) -> list[dt.datetime]:
    """The Mondays at midnight of all weeks, those without any event too."""
    first = timezone.localdate(wanted.since)
    count = (timezone.localdate(wanted.until) - first).days // 7
    return [midnight(first + dt.timedelta(weeks=week)) for week in range(count)]


def midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _sessions_by(group: str, wanted: ReachFilter) -> Any:
    condition = wanted.condition(
        at="started_at", asset="came_by__asset", establishment="came_by__establishment"
    )
    return (
        LearningSession.objects.filter(condition, came_by__isnull=False)
        .order_by()
        .values_list(_SESSION_GROUPS[group])
        .annotate(begun=Count("pk"), finished=Count("completed_at"))
    )
