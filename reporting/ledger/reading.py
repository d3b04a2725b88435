"""Reading figures that stand ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, Sum

from organisation.models import Appointment
from reporting.counting.steps import Figures
from reporting.ledger.facts import (
    NO_FACTS,
    CellKey,
    Contribution,
    Facts,
    Reference,
    StepKey,
    cells_of,
    contribution_changed,
    contributions,
    facts_of,
)
from reporting.ledger.models import CellKind, CountedPerson, LedgerChange, LedgerHouse

TRIES = 3
WAITING = 200
"""More people with a change that waits than this, and it is quicker to count everybody."""


def ledger_figures(
    *, establishment: int, day: dt.date, kinds: Iterable[CellKind]
) -> dict[CellKey, Figures] | None:
    """The figures of an establishment at `day`, of these kinds of cells; those of nobody left out.

    None where people have to be counted: the house is stale, the day is before its own, or too
    much is going on. Five queries, and four more while changes wait.
    """
    wanted = {kind.value for kind in kinds}
    for _try in range(TRIES):
        house = LedgerHouse.objects.filter(pk=establishment, is_stale=False).first()
        if house is None or house.counted_on is None or day < house.counted_on:
            return None
        found = _standing(house, day, wanted)
        waiting = _waiting(establishment)
        if len(waiting) > WAITING:
            return None
        if waiting:
            for key, figures in cells_of(_missing(waiting, establishment, day)).items():
                if key.kind in wanted:
                    found[key] = found.get(key, Figures()).plus(figures)
        # Whatever was folded meanwhile stands in one of these and not in another: read again.
        if LedgerHouse.objects.filter(
            pk=establishment, version=house.version, is_stale=False
        ).exists():
            return {key: figures for key, figures in found.items() if any(figures)}
    return None


def _standing(house: LedgerHouse, day: dt.date, kinds: set[str]) -> dict[CellKey, Figures]:
    found = {
        CellKey(kind, key, trainable): Figures(*figures)
        for kind, key, trainable, *figures in house.cells.filter(kind__in=kinds).values_list(
            "kind", "key", "trainable", *Figures._fields
        )
    }
    steps = (
        house.steps.filter(day__lte=day, kind__in=kinds | {CellKind.BASE.value})
        .order_by()
        .values_list("kind", "department", "role", "family", "trainable")
        .annotate(*(Sum(name) for name in Figures._fields))
    )
    due = {StepKey(*row[:5], day): Figures(*row[5:]) for row in steps}
    for key, figures in cells_of(due).items():
        if key.kind in kinds:
            found[key] = found.get(key, Figures()).plus(figures)
    return found


def _waiting(establishment: int) -> list[int]:
    here = Appointment.objects.filter(establishment=establishment).values("person_id")
    changes = LedgerChange.objects.filter(
        Q(establishment=establishment) | Q(establishment=None, person__in=here)
    )
    return list(changes.order_by().values_list("person", flat=True).distinct()[: WAITING + 1])


def _missing(people: list[int], establishment: int, day: dt.date) -> Contribution:
    """What these people's changes add to the establishment by `day`."""
    reference = Reference.load()
    counted = CountedPerson.objects.in_bulk(people)
    total: Contribution = {}
    for person, facts in facts_of(people=people).items():
        row = counted.get(person)
        before = contributions(Facts.from_json(row.facts) if row else NO_FACTS, reference)
        after = contributions(facts, reference)
        difference = contribution_changed(
            before.get(establishment, {}), after.get(establishment, {})
        )
        for key, figures in difference.items():
            if key.day <= day:
                at = key._replace(day=day)
                total[at] = total.get(at, Figures()).plus(figures)
    return total
