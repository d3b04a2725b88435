"""Objectives of a place, with their progress: a fixed number of queries, whatever their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from organisation.models import Department, Establishment, Region
from organisation.scopes import Scope
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import TOTAL
from reporting.enums import PlaceKind
from reporting.models import CoverageMonth, Objective
from reporting.objectives.models import ObjectiveQuerySet
from reporting.selectors import grid
from reporting.selectors.coverage import Coverage
from reporting.selectors.grid import Column

from .progress import PACE_MONTHS, Progress, month_end_before, progress_of

Months = Mapping[Column, Mapping[dt.date, Cell | None]]


@dataclass(frozen=True, slots=True)
class Followed:
    """An objective and how far it had come on `day`."""

    objective: Objective
    progress: Progress
    day: dt.date


def objectives_standing(*, scope: Scope) -> list[Objective]:
    return list(_of(scope).standing())


def objectives_ended(*, scope: Scope) -> list[Objective]:
    """The latest that were ended, the newest first."""
    ended = _of(scope).filter(ended_at__isnull=False)
    return list(ended.select_related("ended_by").order_by("-ended_at", "-pk")[:20])


def followed_live(
    *, place: Department | Establishment, coverage: Coverage, objectives: Sequence[Objective]
) -> list[Followed]:
    """On the live table of the place, for those who may read it: nothing is hidden.

    Of a department, and of a single role, no month is frozen, so nothing is said of their pace. One
    query."""
    months: Months = {}
    if isinstance(place, Establishment):
        months = _months(PlaceKind.ESTABLISHMENT, place.pk, objectives, coverage.day, unmasked=True)
    return [
        _followed(
            one,
            coverage.table.cell(_row(one), one.trainable_id or ALL),
            coverage.day,
            {} if one.role_id else months.get(_column(one), {}),
        )
        for one in objectives
    ]


def followed_frozen(
    *, region: Region | None, month: CoverageMonth, objectives: Sequence[Objective]
) -> list[Followed]:
    """On the cells of the frozen grid of a region, or of the nation. One query."""
    kind = PlaceKind.REGION if region else PlaceKind.NATION
    day = month.ends_on
    months = _months(kind, region.pk if region else None, objectives, day)
    return [
        _followed(
            one,
            # What has no cell is asked of nobody.
            months.get(_column(one), {}).get(day, Cell()),
            day,
            months.get(_column(one), {}),
        )
        for one in objectives
    ]


def _of(scope: Scope) -> ObjectiveQuerySet:
    return Objective.objects.filter(**scope.fields).select_related(
        "role_family", "role", "trainable", "set_by"
    )


def _followed(
    one: Objective, cell: Cell | None, day: dt.date, months: Mapping[dt.date, Cell | None]
) -> Followed:
    progress = progress_of(cell=cell, percent=one.percent, day=day, months=months)
    return Followed(one, progress, day)


def _months(
    kind: PlaceKind,
    place: int | None,
    objectives: Sequence[Objective],
    day: dt.date,
    *,
    unmasked: bool = False,
) -> Months:
    """The frozen months that a pace may need, by column."""
    found = grid.cells_by_month(
        kind=kind,
        place=place,
        columns={_column(one) for one in objectives},
        # The latest may be one that is not frozen yet, and the one before it.
        since=month_end_before(day, PACE_MONTHS + 2),
        until=day,
        unmasked=unmasked,
    )
    return {
        column: {month.ends_on: cell.cell for month, cell in cells}
        for column, cells in found.items()
    }


def _column(one: Objective) -> Column:
    return one.role_family_id, one.trainable_id or ALL


def _row(one: Objective) -> RowKey:
    if one.role_id is not None:
        return "role", one.role_id
    return TOTAL if one.role_family_id is None else ("family", one.role_family_id)
