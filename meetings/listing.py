"""What the calendar shows of meetings: cards in the list, regions on the map, the reader's own.

A fixed number of queries, whatever there is to show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.enums import MeetingFormat
from meetings.filters import MONTH, PAST, REGION, SIDE, MeetingFilterSet, month_name
from meetings.models import Meeting, MeetingPage
from meetings.registrations.selectors import Seats, seats_of
from meetings.zones import Month
from organisation import maps
from organisation.models import Region

LIST = "#liste"
# Which kinds of blocks are which kind of material.
MATERIALS = {
    "slides": "slides",
    "video": "recording",
    "link": "recording",
    "summary": "summary",
}


class Places(StrEnum):
    """How it stands with the seats of a meeting to come."""

    FREE = "free"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Card:
    """What a row says besides what editors wrote."""

    is_cancelled: bool = False
    places: Places | None = None
    words: str = ""
    """«12 places», «Complet, liste d’attente»: the seats, for people."""
    materials: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region on the map: a link that filters."""

    shape: maps.Shape
    name: str
    lines: tuple[str, ...]
    count: int
    label: str
    """«Bretagne, 2 rencontres»."""
    href: str
    is_chosen: bool

    @property
    def is_beside(self) -> bool:
        """Whether its name stands beside the land: in a box, or in the sea."""
        return self.shape.box is not None or self.shape.code == maps.CORSICA


def cards_attach(pages: Sequence[MeetingPage], *, now: dt.datetime) -> None:
    """Give each of these pages its `card`. Two queries."""
    records = {m.page_id: m for m in Meeting.objects.filter(page__in=pages)}
    seats = seats_of(meetings=records.values())
    for page in pages:
        record = records.get(page.pk)
        page.card = card_of(page, record, seats[record.pk] if record else None, now)


def card_of(
    page: MeetingPage, record: Meeting | None, seats: Seats | None, now: dt.datetime
) -> Card:
    materials = materials_of(page)
    if record is not None and record.cancelled_at is not None:
        return Card(is_cancelled=True, materials=materials)
    if record is None or seats is None or record.is_over_at(now) or not record.takes_registrations:
        return Card(materials=materials)
    places, words = _places(record, seats, now)
    return Card(places=places, words=words, materials=materials)


def materials_of(page: MeetingPage) -> frozenset[str]:
    """Which kinds there are, read without a query."""
    kinds = {MATERIALS.get(block["type"]) for block in page.materials.raw_data}
    return frozenset(kind for kind in kinds if kind)


def _places(meeting: Meeting, seats: Seats, now: dt.datetime) -> tuple[Places, str]:
    if not meeting.is_open_at(now):
        return Places.CLOSED, _("Inscriptions closes")
    if seats.left is None:
        return Places.FREE, _("Inscriptions ouvertes")
    if not seats.is_full:
        return Places.FREE, ngettext("%(n)s place", "%(n)s places", seats.left) % {"n": seats.left}
    if meeting.format == MeetingFormat.BOTH:
        return Places.FULL, _("Complet sur place, liste d’attente ; ouvert à distance")
    return Places.FULL, _("Complet, liste d’attente")


def months_of(pages: Sequence[MeetingPage]) -> list[dict[str, object]]:
    """The meetings below the months in which they begin, at their places; their order is kept."""
    months = groupby(pages, key=lambda page: Month.of(page.starts_at, page.region.code))
    return [{"name": month_name(month), "meetings": list(group)} for month, group in months]


def map_of(filterset: MeetingFilterSet, query: QueryDict) -> list[MapRegion]:
    """The 18 regions with how many meetings each would show; called-off ones do not count."""
    held = Q(record__cancelled_at=None)
    found = filterset.filter_queryset(filterset.queryset, without=REGION).filter(held).order_by()
    rows = found.values_list("region__code").annotate(number=Count("pk", distinct=True))
    counts: dict[str, int] = dict(rows)
    names = dict(Region.objects.values_list("code", "name"))
    chosen = filterset.form.cleaned_data.get(REGION)
    return [
        MapRegion(
            shape=shape,
            name=names[shape.code],
            lines=maps.LINES.get(shape.code) or (names[shape.code],),
            count=counts.get(shape.code, 0),
            label=_label(names[shape.code], counts.get(shape.code, 0)),
            href=_href(query, **{REGION: shape.code}) + LIST,
            is_chosen=chosen is not None and chosen.code == shape.code,
        )
        for shape in maps.shapes()
        if shape.code in names
    ]


def _label(name: str, count: int) -> str:
    if not count:
        return _("%(region)s, aucune rencontre") % {"region": name}
    words = ngettext("%(region)s, %(number)s rencontre", "%(region)s, %(number)s rencontres", count)
    return words % {"region": name, "number": count}


def sides(request: HttpRequest, filterset: MeetingFilterSet) -> list[dict[str, object]]:
    """The two links «à venir» and «passées», the other filters kept; a month is of one side."""
    past = filterset.shows_past
    coming_href = _href(request.GET, **{SIDE: "", MONTH: ""}) or request.path
    past_href = _href(request.GET, **{SIDE: PAST, MONTH: ""})
    return [
        {"label": _("À venir"), "href": coming_href, "is_current": not past},
        {"label": _("Passées"), "href": past_href, "is_current": past},
    ]


def own_region_href(query: QueryDict, region: Region) -> str:
    return _href(query, **{REGION: region.code}) + LIST


def other_regions_href(query: QueryDict) -> str:
    return (_href(query, **{REGION: ""}) or "?") + LIST


def _href(query: QueryDict, **changed: str) -> str:
    """The present address with these changed, on its first page; «» without any filter."""
    wanted = query.copy()
    wanted.pop("page", None)
    for name, value in changed.items():
        wanted.pop(name, None)
        if value:
            wanted[name] = value
    for name in [name for name, value in wanted.items() if not value]:
        del wanted[name]
    return f"?{wanted.urlencode()}" if wanted else ""
