"""Keeping what becomes of the assets."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec

from django.db import DatabaseError
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from campaign_assets.enums import ReachKind
from campaign_assets.models import AssetPage, ReachEvent, ShortLink
from campaign_assets.reach import statements
from campaign_assets.reach.visitors import establishment_of, is_somebody, is_taken_away
from lrs.services import PLATFORM, atomic_repeated, statements_store
from organisation.models import Establishment

_GIVEN = (200, 206)  # a file, or a part of it
log = logging.getLogger(__name__)
P = ParamSpec("P")


@atomic_repeated
def reach_record(
    *,
    kind: ReachKind,
    asset: AssetPage,
    now: dt.datetime,
    establishment: Establishment | None = None,
    short_link: ShortLink | None = None,
    file: str = "",
) -> ReachEvent:
    """Keep that the asset reached somebody, and say so in a statement."""
    event = ReachEvent.objects.create(
        kind=kind,
        at=now,
        asset_id=asset.pk,
        establishment=establishment,
        short_link=short_link,
        file=file[:40],
    )
    event.asset = asset
    statements_store(statements=[statements.reached(event)], source=PLATFORM)
    return event


def reach_follows_merge(*, targets: Mapping[int, int]) -> None:
    """What reached an emptied establishment counts for the one it joined. One UPDATE;
    `merged_into` is set already. What was said stays said: a merged establishment keeps its uid."""
    stays = Establishment.objects.filter(pk=OuterRef("establishment")).values("merged_into")
    ReachEvent.objects.filter(establishment__in=targets).update(establishment=Subquery(stays))


def _never_in_the_way(count: Callable[P, None]) -> Callable[P, None]:
    """Whoever wants a poster gets it, though it could not be counted; operators read why."""

    @wraps(count)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            count(*args, **kwargs)
        except DatabaseError:
            log.exception("an asset was given that could not be counted")

    return wrapped


@_never_in_the_way
def download_count(
    request: HttpRequest,
    response: HttpResponseBase,
    *,
    asset: AssetPage,
    file: str,
    establishment: Establishment | None = None,
    short_link: ShortLink | None = None,
) -> None:
    """Count a file if the answer gives it, for the establishment whose name it bears, or else for
    that of the reader."""
    if response.status_code not in _GIVEN or not is_taken_away(request):
        return
    if not is_somebody(request, f"{asset.pk}/{file}"):
        return
    reach_record(
        kind=ReachKind.DOWNLOAD,
        asset=asset,
        now=timezone.now(),
        establishment=establishment or establishment_of(request),
        short_link=short_link,
        file=file,
    )


@_never_in_the_way
def play_count(request: HttpRequest, *, asset: AssetPage) -> None:
    """Count that a film was started on its page."""
    if is_somebody(request, f"{asset.pk}/play"):
        establishment = establishment_of(request)
        reach_record(
            kind=ReachKind.PLAY, asset=asset, now=timezone.now(), establishment=establishment
        )


@_never_in_the_way
def scan_count(request: HttpRequest, *, link: ShortLink) -> None:
    """Count that a code was followed from where it hangs. One whose asset is gone reaches nobody
    any more."""
    if link.asset is not None and is_somebody(request, f"scan/{link.code}"):
        reach_record(
            kind=ReachKind.SCAN,
            asset=link.asset,
            now=timezone.now(),
            establishment=link.establishment,
            short_link=link,
        )
