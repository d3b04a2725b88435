"""One establishment or department: rows by trainings, with totals."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from .cells import Cell, Figures
from .rows import AppointmentRow
from .tally import ALL, PRESENT, RowKey

TOTAL: RowKey = ("total", 0)
NOT_REQUIRED = Cell()


@dataclass(frozen=True)
class CoverageTable:
    """(row key, trainable or ALL) -> Cell. Row keys are ("role", id), ("family", id),
    ("department", id or None) and TOTAL; what is not there is not required."""

    cells: dict[tuple[RowKey, int], Cell] = field(default_factory=dict)

    def cell(self, row: RowKey, trainable: int = ALL) -> Cell:
        return self.cells.get((row, trainable), NOT_REQUIRED)

    @property
    def total(self) -> Cell:
        return self.cell(TOTAL)

    @property
    def trainables(self) -> set[int]:
        return {trainable for _row, trainable in self.cells if trainable != ALL}


def role_rows(appointment: AppointmentRow) -> tuple[RowKey, ...]:
    return ("role", appointment.role), ("family", appointment.family), TOTAL


def department_rows(appointment: AppointmentRow) -> tuple[RowKey, ...]:
    return ("department", appointment.department), TOTAL


def coverage_table(
    *,
    figures: Mapping[tuple[RowKey, int], Figures],
    declared: Mapping[tuple[RowKey, int], int] | None = None,
    family_of_role: Mapping[int, int] | None = None,
) -> CoverageTable:
    """Counted people as cells, with what HR declares beside them.

    `declared` gives the headcount of a ("role", id) row for each trainable (and ALL) asked of that
    role throughout the establishment (see `declared_by_cell`); leave it out for a department.
    `family_of_role` is needed with it.
    """
    known = {key: one for key, one in figures.items() if key[1] != PRESENT and one.expected}
    headcounts = _headcounts(known, declared or {}, family_of_role or {})
    return CoverageTable(
        {
            key: _cell(known.get(key, Figures()), *headcounts.get(key, (None, 0)))
            for key in known.keys() | headcounts.keys()
        }
    )


def declared_by_cell(
    *, headcounts: Mapping[int, int], asked: Callable[[int], Collection[int]]
) -> dict[tuple[RowKey, int], int]:
    """Spread headcounts (role -> people) over the trainables `asked` of each role everywhere in the
    establishment, and over ALL."""
    declared: dict[tuple[RowKey, int], int] = {}
    for role, people in headcounts.items():
        trainables = asked(role)
        for trainable in (*trainables, *([ALL] if trainables else [])):
            declared[("role", role), trainable] = people
    return declared


def _headcounts(
    known: Mapping[tuple[RowKey, int], Figures],
    declared: Mapping[tuple[RowKey, int], int],
    family_of_role: Mapping[int, int],
) -> dict[tuple[RowKey, int], tuple[int, int]]:
    """(row, trainable) -> (declared, unknown), role by role and summed into family and total."""
    result: dict[tuple[RowKey, int], tuple[int, int]] = {}
    for (row, trainable), count in declared.items():
        unknown = max(0, count - known.get((row, trainable), Figures()).expected)
        assert isinstance(row, tuple)
        for into in (row, ("family", family_of_role[row[1]]), TOTAL):
            before = result.get((into, trainable), (0, 0))
            result[into, trainable] = (before[0] + count, before[1] + unknown)
    return result


def _cell(figures: Figures, declared: int | None, unknown: int) -> Cell:
    return Cell(
        expected=figures.expected,
        covered=figures.covered,
        overdue=figures.overdue,
        declared=declared,
        unknown=unknown,
        by_declaration=figures.declared,
    )
