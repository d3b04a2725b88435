"""Small groups in a house's own table, for a paper that leaves it.

The managers who issue it know these people; whoever reads it elsewhere does not. So the table is
treated like a part of the monthly grid: groups under five, and what would give them by subtraction,
are hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from organisation.models import StaffRole
from reporting.counting import ALL, Cell, CoverageTable, RowKey
from reporting.counting.matrix import TOTAL
from reporting.suppression import Line, suppressed_cells

Key = tuple[RowKey, int]


def shown_cells(*, table: CoverageTable, roles: Sequence[StaffRole]) -> dict[Key, Cell | None]:
    """(row, training) -> its figures, or None where they are hidden."""
    sizes = {key: cell.people for key, cell in table.cells.items() if cell.people}
    hidden = suppressed_cells(sizes=sizes, lines=_lines(sizes, roles))
    return {key: None if key in hidden else cell for key, cell in table.cells.items()}


def _lines(sizes: dict[Key, int], roles: Sequence[StaffRole]) -> list[Line]:
    """Roles add up to their family, families to the whole; where a row is asked a single training,
    its total over trainings is that training."""
    family_of = {("role", role.pk): ("family", role.family_id) for role in roles}
    members: dict[Key, list[Key]] = defaultdict(list)
    over: dict[RowKey, list[Key]] = defaultdict(list)
    for row, training in sorted(sizes, key=repr):
        if row in family_of:
            members[family_of[row], training].append((row, training))
        elif row != TOTAL:
            members[TOTAL, training].append((row, training))
        if training != ALL:
            over[row].append((row, training))
    lines = [Line(total, tuple(cells)) for total, cells in members.items()]
    single = [Line((row, ALL), tuple(cells)) for row, cells in over.items() if len(cells) == 1]
    return lines + single
