"""Small groups in a house's own table, for a paper that leaves it.

The managers who issue it know these people; whoever reads it elsewhere does not. So the table is
treated like a part of the monthly grid: groups under five, and what would give them by subtraction,
are hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from organisation.models import StaffRole
from reporting.counting import ALL, Cell, CoverageTable, RowKey
from reporting.counting.matrix import TOTAL
from reporting.suppression import Line, suppressed_cells

Key = tuple[RowKey, int]


def shown_cells(*, table: CoverageTable, roles: Sequence[StaffRole]) -> dict[Key, Cell | None]:
    """(row, training) -> its figures, or None where they are hidden.

    Of the rows that the paper has: the whole, families, roles. A row that it has not, such as a
    department, must hide nothing in place of one that is printed.
    """
    family_of: dict[RowKey, RowKey] = {
        ("role", role.pk): ("family", role.family_id) for role in roles
    }
    printed = {TOTAL, *family_of, *family_of.values()}
    cells = {key: cell for key, cell in table.cells.items() if key[0] in printed}
    sizes = {key: cell.people for key, cell in cells.items() if cell.people}
    hidden = suppressed_cells(sizes=sizes, lines=_lines(sizes, family_of))
    return {key: None if key in hidden else cell for key, cell in cells.items()}


def _lines(sizes: Mapping[Key, int], family_of: Mapping[RowKey, RowKey]) -> list[Line]:
    """Roles add up to their family, families to the whole; where a row is asked a single training,
    its total over trainings is that training."""
    members: dict[Key, list[Key]] = defaultdict(list)
    over: dict[RowKey, list[Key]] = defaultdict(list)
    for row, training in sorted(sizes, key=repr):
        if row != TOTAL:
            members[family_of.get(row, TOTAL), training].append((row, training))
        if training != ALL:
            over[row].append((row, training))
    lines = [Line(total, tuple(cells)) for total, cells in members.items()]
    single = [Line((row, ALL), tuple(cells)) for row, cells in over.items() if len(cells) == 1]
    return lines + single
