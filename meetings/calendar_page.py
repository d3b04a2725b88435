"""What the calendar's page shows to its reader."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.utils import timezone

from meetings.filters import REGION, MeetingFilterSet
from meetings.listing import (
    cards_attach,
    map_of,
    months_of,
    other_regions_href,
    own_region_href,
    sides,
)
from meetings.readers import region_of_reader
from organisation import maps


def calendar_context(
    request: HttpRequest, filterset: MeetingFilterSet, page_obj: Page
) -> dict[str, Any]:
    """The list's cards, the map, and the ways to one's own region and to the other side."""
    now = timezone.now()
    meetings = list(page_obj.object_list)
    cards_attach(meetings, now=now)
    regions = map_of(filterset, request.GET)
    own = region_of_reader(request, day=timezone.localdate(now))
    chosen = filterset.form.cleaned_data.get(REGION)
    return {
        "months": months_of(meetings),
        "shows_past": filterset.shows_past,
        "cancelled_count": filterset.qs.exclude(record__cancelled_at=None).count(),
        "map_regions": regions,
        "map_size": (maps.WIDTH, maps.HEIGHT),
        "chosen": chosen,
        "all_href": other_regions_href(request.GET),
        "own_region": own,
        "own_href": own and own_region_href(request.GET, own),
        "own_count": next((r.count for r in regions if own and r.shape.code == own.code), 0),
        "sides": sides(request, filterset),
    }
