"""Writing figures into the ledger: what is added to cells and steps.

Only who holds the ledger writes, so what was read a moment ago is still what stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from reporting.counting import Figures
from reporting.ledger.facts import CellKey, Contribution, StepKey, cells_of
from reporting.ledger.models import LedgerCell, LedgerHouse, LedgerStep

Row = TypeVar("Row", LedgerCell, LedgerStep)
FIGURES = Figures._fields
BATCH = 500


def contribution_post(house: LedgerHouse, contribution: Contribution) -> None:
    """Add what is due by the house's day to its cells, and what is to come to its steps."""
    day = house.counted_on
    assert day is not None
    cells_post(house, cells_of({key: one for key, one in contribution.items() if key.day <= day}))
    coming = {key: figures for key, figures in contribution.items() if key.day > day}
    known = {
        StepKey(row.kind, row.department, row.role, row.family, row.trainable, row.day): row
        for row in house.steps.filter(day__in={key.day for key in coming})
    }
    rows = [
        _added(known.get(key) or LedgerStep(house=house, **key._asdict()), figures)
        for key, figures in coming.items()
    ]
    _keep(LedgerStep, rows)


def cells_post(house: LedgerHouse, cells: Mapping[CellKey, Figures]) -> None:
    if not cells:
        return
    known = {CellKey(row.kind, row.key, row.trainable): row for row in house.cells.all()}
    rows = [
        _added(known.get(key) or LedgerCell(house=house, **key._asdict()), figures)
        for key, figures in cells.items()
    ]
    _keep(LedgerCell, rows)


def _keep(model: type[Row], rows: list[Row]) -> None:
    new, old = ([row for row in rows if (row.pk is None) == is_new] for is_new in (True, False))
    model._default_manager.bulk_create(new, batch_size=BATCH)
    model._default_manager.bulk_update(old, FIGURES, batch_size=BATCH)


def _added(row: Row, figures: Figures) -> Row:
    for name, value in figures._asdict().items():
        setattr(row, name, getattr(row, name) + value)
    return row
