"""What one person adds to figures over time: steps with their effective dates.

A step is the change of a cell's figures from a day on (half-open: what ends on a day is −1 of that
day). Everything that a person's figures depend on has its day already (an appointment that ends, a
delay that runs out, a completion that expires), so her steps reach into the future and no job is
needed to make a figure right. Summed up to a day, the steps of everybody are the figures of that
day; `tally` counts the same from the rows of one day, and tests hold them against each other.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from training.validity import Renewal, due_day, shortest, valid_until

from .cells import Figures
from .rows import AppointmentRow, RequirementRow
from .rules import ByPlace
from .tally import ALL, PRESENT, RowKey

FOREVER = dt.date.max
NOBODY = Figures()
# (row, trainable or ALL) -> day -> the change from that day on
Steps: TypeAlias = dict[tuple[RowKey, int], dict[dt.date, Figures]]


class Held(NamedTuple):
    """An appointment over ``[row.starts_on, ends_on)``."""

    row: AppointmentRow
    ends_on: dt.date = FOREVER


class Asked(NamedTuple):
    """A requirement over ``[row.starts_on, ends_on)``."""

    row: RequirementRow
    ends_on: dt.date = FOREVER


class Taken(NamedTuple):
    """A completion, on its day."""

    day: dt.date
    is_declared: bool = False


class Duty(NamedTuple):
    """What one requirement asks of one appointment, while both hold."""

    starts_on: dt.date
    ends_on: dt.date
    due_on: dt.date
    validity_months: int | None


class Rules:
    """All requirements that ever were."""

    def __init__(
        self,
        requirements: Iterable[Asked],
        renewals: Mapping[int, Sequence[Renewal]] | None = None,
    ) -> None:
        self.renewals = renewals or {}
        self._requirements = ByPlace(requirements, lambda one: one.row)
        self._ends: dict[tuple[int, dt.date, int | None], dt.date] = {}

    def duties(self, held: Held) -> dict[int, list[Duty]]:
        """Trainable -> what this appointment asks of its holder, one duty a requirement."""
        found: dict[int, list[Duty]] = defaultdict(list)
        for asked in self._requirements.reaching(held.row):
            starts = max(asked.row.starts_on, held.row.starts_on)
            ends = min(asked.ends_on, held.ends_on)
            if starts < ends:
                due_on = due_day(
                    begins=starts, due_days=asked.row.due_days, due_on=asked.row.due_on
                )
                found[asked.row.trainable].append(
                    Duty(starts, ends, due_on, asked.row.validity_months)
                )
        return found

    def ends(self, trainable: int, taken_on: dt.date, months: int | None) -> dt.date:
        """The first day on which a completion counts no longer."""
        key = trainable, taken_on, months
        if key not in self._ends:
            renewals = self.renewals.get(trainable, ())
            self._ends[key] = valid_until(taken_on, months, renewals) or FOREVER
        return self._ends[key]


def person_steps(
    *,
    appointments: Iterable[Held],
    taken: Mapping[int, Sequence[Taken]],
    rules: Rules,
    rows: Callable[[AppointmentRow], Iterable[RowKey]],
) -> Steps:
    """The steps of one person in each row: training by training, over ALL, and as PRESENT.

    `taken` are her completions by trainable, the oldest first. The work grows with her own facts.
    """
    duties: dict[RowKey, dict[int, list[Duty]]] = defaultdict(lambda: defaultdict(list))
    held_in: dict[RowKey, list[Held]] = defaultdict(list)
    for held in appointments:
        asked = rules.duties(held)
        for row in rows(held.row):
            held_in[row].append(held)
            for trainable, several in asked.items():
                duties[row][trainable] += several
    steps: Steps = {}
    for row, by_trainable in duties.items():
        lines = {
            trainable: _line(trainable, several, taken.get(trainable, ()), rules)
            for trainable, several in by_trainable.items()
        }
        for trainable, line in lines.items():
            _put(steps, (row, trainable), line)
        _put(steps, (row, ALL), _over_all(list(lines.values())))
    for row, several_held in held_in.items():
        _put(steps, (row, PRESENT), _presence(several_held))
    return steps


# What somebody's figures are from each of these days on, until the next.
_Line: TypeAlias = list[tuple[dt.date, Figures]]


def _line(trainable: int, duties: Sequence[Duty], taken: Sequence[Taken], rules: Rules) -> _Line:
    days = {day for one in duties for day in (one.starts_on, one.ends_on, one.due_on)}
    for months in {one.validity_months for one in duties}:
        for one in taken:
            days |= {one.day, rules.ends(trainable, one.day, months)}
    taken_days = [one.day for one in taken]
    observed = [one.day for one in taken if not one.is_declared]
    return [
        (day, _figures(trainable, duties, taken_days, observed, rules, day))
        for day in sorted(days - {FOREVER})
    ]


def _figures(
    trainable: int,
    duties: Sequence[Duty],
    taken: Sequence[dt.date],
    observed: Sequence[dt.date],
    rules: Rules,
    day: dt.date,
) -> Figures:
    holding = [one for one in duties if one.starts_on <= day < one.ends_on]
    if not holding:
        return NOBODY
    months = shortest([one.validity_months for one in holding])

    def counts(days: Sequence[dt.date]) -> bool:
        # The latest completion ends last whatever the rules, so it alone decides.
        at = bisect_right(days, day)
        return at > 0 and day < rules.ends(trainable, days[at - 1], months)

    if counts(taken):
        return Figures(expected=1, covered=1, declared=int(not counts(observed)))
    return Figures(expected=1, overdue=int(day >= min(one.due_on for one in holding)))


def _presence(held: Sequence[Held]) -> _Line:
    days = {day for one in held for day in (one.row.starts_on, one.ends_on)}
    return [
        (day, Figures(expected=int(any(one.row.starts_on <= day < one.ends_on for one in held))))
        for day in sorted(days - {FOREVER})
    ]


def _over_all(lines: Sequence[_Line]) -> _Line:
    """Covered is covered in each that is asked, overdue is overdue in one, declared is covered and
    declared in each; she counts once."""
    days = sorted({day for line in lines for day, _figures in line})
    now = [NOBODY] * len(lines)
    at = [0] * len(lines)
    result: _Line = []
    for day in days:
        for number, line in enumerate(lines):
            if at[number] < len(line) and line[at[number]][0] == day:
                now[number] = line[at[number]][1]
                at[number] += 1
        asked = [one for one in now if one.expected]
        result.append(
            (
                day,
                Figures(
                    expected=int(bool(asked)),
                    covered=int(bool(asked) and all(one.covered for one in asked)),
                    overdue=int(any(one.overdue for one in asked)),
                    declared=int(bool(asked) and all(one.declared for one in asked)),
                ),
            )
        )
    return result


def _put(steps: Steps, key: tuple[RowKey, int], line: _Line) -> None:
    """The line as changes, without days on which nothing changes."""
    before = NOBODY
    for day, figures in line:
        if figures != before:
            steps.setdefault(key, {})[day] = figures.plus(before, -1)
            before = figures
