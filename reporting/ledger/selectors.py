"""How the ledger is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from organisation.models import Appointment
from reporting.ledger.models import LedgerChange, LedgerHouse, LedgerState
from reporting.models import CoverageMonth


@dataclass(frozen=True, slots=True)
class Health:
    """Establishments whose figures stand of those where somebody ever worked; people whose change
    waits; the last proof with the differences that it found; the last month frozen."""

    standing: int
    houses: int
    waiting: int
    proved_at: dt.datetime | None
    proved_houses: int
    differences: list[str]
    last_month: CoverageMonth | None


def ledger_health() -> Health:
    """Five queries."""
    state = LedgerState.objects.filter(pk=1).first() or LedgerState()
    return Health(
        standing=LedgerHouse.objects.standing().count(),
        houses=Appointment.objects.order_by().values("establishment").distinct().count(),
        waiting=LedgerChange.objects.values("person").distinct().count(),
        proved_at=state.proved_at,
        proved_houses=state.proved_houses,
        differences=state.differences,
        last_month=CoverageMonth.objects.order_by("-ends_on").first(),
    )
