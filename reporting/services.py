"""Freezing a month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from organisation.models import Establishment
from reporting.attendance.freezing import attendance_freeze
from reporting.counting import Cell, Rulebook, Tally, coverage_table
from reporting.counting.dates import month_before
from reporting.counting.dates import month_end as last_day_of_month
from reporting.counting.matrix import declared_by_cell
from reporting.counting.tally import People
from reporting.enums import PlaceKind, SizeClass
from reporting.grid import (
    GridKey,
    GridTotals,
    Place,
    establishment_cells,
    hidden_cells,
    places_of,
)
from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry
from reporting.selectors import rows
from reporting.selectors.batches import BATCH, in_batches
from reporting.selectors.frozen import frozen_beside
from reporting.selectors.recount import houses_figures, present

Progress = Callable[[int, int], None]


class MonthNotOverError(ValueError):
    """A month is frozen on its last day's figures, and only once that day is past."""


def snapshots_freeze(*, month_end: dt.date, progress: Progress | None = None) -> CoverageMonth:
    """Count every establishment as at `month_end`, the last day of a past month, and keep it.

    Uses the appointments, requirements, headcounts and completions that held on that day, as they
    are known now. A month frozen before is returned untouched. `progress` is told how many
    establishments of how many are counted. Queries grow with the batches of establishments, never
    with people. Raises MonthNotOverError.
    """
    if month_end != last_day_of_month(month_end):
        raise MonthNotOverError(f"{month_end} is not the last day of a month.")
    if month_end >= timezone.localdate(timezone=rows.PARIS):
        raise MonthNotOverError(f"{month_end} is not over yet.")
    with transaction.atomic():
        month, is_new = CoverageMonth.objects.get_or_create(
            ends_on=month_end, defaults={"computed_at": timezone.now()}
        )
        if is_new:
            _freeze(month, progress)
            attendance_freeze(month=month)
    return month


def last_month_over() -> dt.date:
    """The last day of the month that is over."""
    return month_before(timezone.localdate(timezone=rows.PARIS))


def _freeze(month: CoverageMonth, progress: Progress | None) -> None:
    day = month.ends_on
    establishments = _establishments_at(day)
    rulebook = rows.rulebook_at(day=day)
    family_of_role = {role.pk: role.family_id for role in rows.staff_roles()}
    cells: dict[GridKey, Cell] = {}
    workforce: dict[int, int] = {}
    done = 0
    for batch in in_batches(establishments, BATCH):
        counted, heard = _count(batch, day, rulebook, family_of_role)
        cells |= counted
        workforce |= heard
        done += len(batch)
        if progress is not None:
            progress(done, len(establishments))
    sizes = {e.pk: SizeClass.of(workforce.get(e.pk, 0)) for e in establishments}
    places = {
        e.pk: places_of(
            establishment=e.pk, region=e.region_id, family=e.family, size=sizes[e.pk].value
        )
        for e in establishments
    }
    totals = GridTotals(places)
    totals.add(cells)
    totals.correct(_people_in_several(day, rulebook, places))
    cells |= totals.cells()
    beside = frozen_beside(day=day)
    _store(month, cells, hidden_cells(cells=cells, places=places, beside=beside))
    _store_roll(month, establishments, sizes, workforce.keys())


def _establishments_at(day: dt.date) -> list[Establishment]:
    return list(Establishment.objects.open_at(day).order_by("pk"))


def _count(
    batch: Sequence[Establishment],
    day: dt.date,
    rulebook: Rulebook,
    family_of_role: Mapping[int, int],
) -> tuple[dict[GridKey, Cell], dict[int, int]]:
    """The cells of these establishments; and of those that said anything at all, be it a person
    or a headcount, how many work there, known or declared. A dozen queries."""
    houses = [one.pk for one in batch]
    headcounts = rows.headcounts_by_role(day=day, where=Q(establishment__in=houses))
    counted = houses_figures(establishments=houses, day=day)
    cells: dict[GridKey, Cell] = {}
    for one in batch:
        asked = partial(
            rulebook.trainables_everywhere_in, establishment=one.pk, region=one.region_id
        )
        table = coverage_table(
            figures=counted.get(one.pk, {}),
            declared=declared_by_cell(headcounts=headcounts.get(one.pk, {}), asked=asked),
            family_of_role=family_of_role,
        )
        cells |= establishment_cells(establishment=one.pk, table=table)
    return cells, {
        house: _workforce(present(counted.get(house, {}), "role"), headcounts.get(house, {}))
        for house in counted.keys() | headcounts.keys()
    }


def _workforce(known: Mapping[int, int], declared: Mapping[int, int]) -> int:
    """The larger of both, role by role."""
    roles = known.keys() | declared.keys()
    return sum(max(known.get(role, 0), declared.get(role, 0)) for role in roles)


def _people_in_several(
    day: dt.date, rulebook: Rulebook, places: Mapping[int, tuple[Place, ...]]
) -> dict[GridKey, People]:
    """Those with appointments in more than one establishment, as sets at every level."""
    people = (
        rows.appointments_at(day)
        .values("person_id")
        .annotate(houses=Count("establishment_id", distinct=True))
        .filter(houses__gt=1)
        .values("person_id")
    )
    where = Q(person_id__in=people)
    completions = rows.latest_completions(day=day, where=where)
    tally = Tally(rulebook=rulebook, completions=completions, day=day)
    for appointment in rows.appointment_rows(day=day, where=where):
        own = places[appointment.establishment]
        tally.add(appointment, [(p, f) for p in own for f in (appointment.family, None)])
    found: dict[GridKey, People] = {}
    for (row, trainable), sets in tally.people().items():
        assert isinstance(row, tuple)
        found[GridKey(row[0], row[1], trainable)] = sets
    return found


def _store(month: CoverageMonth, cells: Mapping[GridKey, Cell], hidden: set[GridKey]) -> None:
    CoverageSnapshot.objects.bulk_create(
        (
            _snapshot(month, key, cell, key in hidden)
            for key, cell in cells.items()
            if cell.is_required
        ),
        batch_size=1000,
    )


def _snapshot(
    month: CoverageMonth, key: GridKey, cell: Cell, is_suppressed: bool
) -> CoverageSnapshot:
    kind, place = key.place
    return CoverageSnapshot(
        month=month,
        kind=kind,
        establishment_id=place if kind == PlaceKind.ESTABLISHMENT else None,
        region_id=place if kind == PlaceKind.REGION else None,
        family=str(place) if kind == PlaceKind.FAMILY else "",
        size=str(place) if kind == PlaceKind.SIZE else "",
        role_family_id=key.role_family,
        trainable_id=key.trainable or None,
        expected=cell.expected,
        covered=cell.covered,
        overdue=cell.overdue,
        declared=cell.declared,
        unknown=cell.unknown,
        is_suppressed=is_suppressed,
    )


def _store_roll(
    month: CoverageMonth,
    establishments: Sequence[Establishment],
    sizes: Mapping[int, SizeClass],
    speaking: AbstractSet[int],
) -> None:
    RollEntry.objects.bulk_create(
        (
            RollEntry(
                month=month,
                establishment=establishment,
                region_id=establishment.region_id,
                family=establishment.family,
                size=sizes[establishment.pk],
                is_silent=establishment.pk not in speaking,
            )
            for establishment in establishments
        ),
        batch_size=1000,
    )
