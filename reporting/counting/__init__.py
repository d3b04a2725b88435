"""The rules of counting, as plain Python over rows: no query.

One reads rows (`rows`), finds which requirements reach an appointment (`rules`), gathers distinct
people into sets (`tally`) and gets figures (`cells`). `matrix` puts these together for one
establishment or department. The rules themselves are the design's «What coverage means»:

- intervals are half-open: an appointment or requirement that ends on day D no longer counts at D;
- expected are the distinct people a requirement reaches through an appointment in the scope;
- covered are those whose latest completion on or before D is valid at D under the shortest
  validity among the requirements that reach them in that cell, and no retraining asked for since;
- declared are those covered of whom no completion that counts in the cell was observed;
- across trainings, a person is covered when covered in each training required of her, and overdue
  when overdue in one of them; she counts once;
- what HR declares beyond the people known is unknown, role by role: a surplus in one role never
  hides a gap in another, so the unknown of a total is the sum of the unknown of its roles.
"""

from .cells import Cell, Figures
from .matrix import CoverageTable, coverage_table
from .rows import AppointmentRow, Latest, LatestCompletions, RequirementRow
from .rules import Obligation, Rulebook
from .tally import ALL, PRESENT, RowKey, Standing, Tally

__all__ = [
    "ALL",
    "PRESENT",
    "AppointmentRow",
    "Cell",
    "CoverageTable",
    "Figures",
    "Latest",
    "LatestCompletions",
    "Obligation",
    "RequirementRow",
    "RowKey",
    "Rulebook",
    "Standing",
    "Tally",
    "coverage_table",
]
