"""Reading the log of mails and the health of runs."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from notifications.enums import COUNTED, RunState
from notifications.models import Delivery, Run, Said, Unsubscription, stalled_before
from notifications.registry import kinds

_SHOWN_RUNS = 20


def is_unsubscribed(*, recipient: uuid.UUID, category: str) -> bool:
    return Unsubscription.objects.filter(recipient=recipient, category=category).exists()


def said_among(*, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys that were said, so that nobody writes a mail for nothing. One query."""
    return frozenset(Said.objects.filter(key__in=keys).values_list("key", flat=True))


def told_since(
    *,
    recipients: Collection[uuid.UUID] | QuerySet[Any, uuid.UUID],
    categories: Collection[str],
    since: dt.datetime,
) -> dict[uuid.UUID, dt.datetime]:
    """When each of these people was last written to in these categories after `since`: what
    reached her, may have, or is about to. One query; of thousands of people one gives the query
    that finds them."""
    rows = (
        Delivery.objects.filter(
            recipient__in=recipients,
            category__in=categories,
            created_at__gt=since,
            state__in=COUNTED,
        )
        .order_by()
        .values_list("recipient")
        .annotate(latest=Max("created_at"))
    )
    return dict(rows)


def runs_in_trouble(*, kind: str | None = None) -> list[Run]:
    """Runs that failed or stalled, the oldest first.

    One that failed is no trouble any more once a later one of its kind has come to its end, if its
    kind is periodic.
    """
    later = Run.objects.filter(
        kind=OuterRef("kind"), state=RunState.FINISHED, started_at__gt=OuterRef("started_at")
    )
    is_stalled = Q(
        state__in=(RunState.COMPOSING, RunState.SENDING), heartbeat_at__lt=stalled_before()
    )
    single = [one.name for one in kinds() if not one.is_periodic]
    is_left = ~Exists(later) | Q(kind__in=single)
    runs = Run.objects.filter(is_stalled | (Q(state=RunState.FAILED) & is_left))
    if kind is not None:
        runs = runs.filter(kind=kind)
    return list(runs.order_by("started_at", "pk"))


def runs_latest() -> list[Run]:
    return list(Run.objects.order_by("-started_at", "-pk")[:_SHOWN_RUNS])


def states_of_runs(*, runs: Sequence[Run]) -> dict[int, dict[str, int]]:
    """How many mails of each run are in which state, by the run's primary key. One query."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = (
        Delivery.objects.filter(run__in=[run.pk for run in runs])
        .order_by()
        .values_list("run", "state")
        .annotate(number=Count("pk"))
    )
    for run, state, number in rows:
        found[run][state] = number
    return dict(found)


def deliveries_with_runs() -> QuerySet[Delivery]:
    """Every mail without its bodies, the newest first."""
    return Delivery.objects.select_related("run").defer("text", "html")
