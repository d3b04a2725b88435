"""Counting everybody anew, to prove what stands in the ledger."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from functools import partial

from django.utils import timezone

from organisation.models import Establishment
from reporting.counting import Figures
from reporting.ledger.models import CellKind, LedgerHouse, LedgerState
from reporting.ledger.reading import ledger_figures
from reporting.selectors.batches import by_batches
from reporting.selectors.recount import PlaceFigures, houses_figures

TRIES = 3
"""How often a house is looked at before a difference is one: people work while it is counted."""
SHOWN = 50
"""Differences that are written down."""

logger = logging.getLogger(__name__)

KINDS = (CellKind.ROLE, CellKind.FAMILY, CellKind.DEPARTMENT, CellKind.HOUSE)


def ledger_prove(*, day: dt.date) -> int:
    """Compare every house that stands with its people at `day`; how many differ.

    What differs is written down for the operators and counted anew.
    """
    houses = list(
        Establishment.objects.filter(pk__in=LedgerHouse.objects.standing().values("pk")).order_by(
            "pk"
        )
    )
    differing: dict[int, list[str]] = {}
    for found in by_batches(partial(_differing, day), houses):
        differing |= found
    _keep(houses, differing)
    return len(differing)


def _differing(day: dt.date, batch: Sequence[Establishment]) -> dict[int, list[str]]:
    """As `_compare`, of those that differ however often one looks."""
    found: dict[int, list[str]] = {}
    for _try in range(TRIES):
        found = _compare(batch, day)
        batch = [one for one in batch if one.pk in found]
        if not batch:
            break
    return found


def _compare(houses: Sequence[Establishment], day: dt.date) -> dict[int, list[str]]:
    """Establishment -> its differences, of those that have any."""
    counted = houses_figures(establishments=[one.pk for one in houses], day=day)
    found = {}
    for house in houses:
        standing = ledger_figures(establishment=house, day=day, kinds=KINDS)
        if standing is None:  # stale by now, or ahead: nothing is claimed
            continue
        lines = _lines(standing.by_row(), counted.get(house.pk, {}))
        if lines:
            found[house.pk] = lines
    return found


def _lines(standing: PlaceFigures, counted: PlaceFigures) -> list[str]:
    return [
        f"{row} × {trainable} : {tuple(standing.get((row, trainable), Figures()))}"
        f" → {tuple(counted.get((row, trainable), Figures()))}"
        for row, trainable in sorted(standing.keys() | counted.keys(), key=repr)
        if standing.get((row, trainable)) != counted.get((row, trainable))
    ]


def _keep(houses: Sequence[Establishment], differing: dict[int, list[str]]) -> None:
    names = {one.pk: one.name for one in houses}
    lines = [f"{names[pk]} – {line}" for pk, found in differing.items() for line in found]
    for line in lines[:SHOWN]:
        logger.error("Coverage ledger differs: %s", line)
    LedgerHouse.objects.filter(pk__in=differing).make_stale()
    LedgerState.objects.get_or_create(pk=1)
    LedgerState.objects.filter(pk=1).update(
        proved_at=timezone.now(), proved_houses=len(houses), differences=lines[:SHOWN]
    )
