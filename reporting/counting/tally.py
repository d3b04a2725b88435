"""Distinct people, gathered into rows and trainings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from training.validity import is_valid_at

from .rows import AppointmentRow, LatestCompletions
from .rules import Obligation, Rulebook

RowKey: TypeAlias = Hashable
# The column of a total over all trainings; no trainable has this number.
ALL = 0


class People(NamedTuple):
    """Three sets of person ids; the last two are part of the first and have nobody in common."""

    expected: set[int]
    covered: set[int]
    overdue: set[int]


class Standing(NamedTuple):
    """Where a person stands in one training, within one row."""

    person: int
    trainable: int
    obligation: Obligation
    is_covered: bool


class Tally:
    """People by row and training. Feed appointments with their row keys, then read."""

    def __init__(self, *, rulebook: Rulebook, completions: LatestCompletions, day: dt.date) -> None:
        self._rulebook = rulebook
        self._completions = completions
        self._day = day
        self._valid: dict[tuple[dt.date, int | None], bool] = {}  # a few hundred days, kept
        self._asked: dict[tuple[RowKey, int], dict[int, Obligation]] = defaultdict(dict)

    def add(self, appointment: AppointmentRow, rows: Iterable[RowKey]) -> None:
        """Count the holder of `appointment` in each of `rows`, once however often she is added."""
        obligations = self._rulebook.obligations(appointment)
        person = appointment.person
        for row in rows:
            for trainable, obligation in obligations.items():
                asked = self._asked[row, trainable]
                known = asked.get(person)
                asked[person] = known.strictest(obligation) if known else obligation

    def people(self) -> dict[tuple[RowKey, int], People]:
        """(row, trainable) and (row, ALL) -> people."""
        result = {key: self._sort(key[1], asked) for key, asked in self._asked.items()}
        return {**result, **_over_all_trainables(result)}

    def standings(self, row: RowKey) -> Iterator[Standing]:
        """Everybody asked something in `row`, training by training."""
        for (key, trainable), asked in self._asked.items():
            if key == row:
                for person, obligation in asked.items():
                    covered = self._is_covered(person, trainable, obligation)
                    yield Standing(person, trainable, obligation, covered)

    def _sort(self, trainable: int, asked: dict[int, Obligation]) -> People:
        covered = {
            person
            for person, obligation in asked.items()
            if self._is_covered(person, trainable, obligation)
        }
        overdue = {
            person
            for person, obligation in asked.items()
            if self._day >= obligation.due_on and person not in covered
        }
        return People(set(asked), covered, overdue)

    def _is_covered(self, person: int, trainable: int, obligation: Obligation) -> bool:
        # The latest completion ends last whatever the validity, so it alone decides.
        completed_on = self._completions.get((person, trainable))
        if completed_on is None:
            return False
        key = (completed_on, obligation.validity_months)
        if key not in self._valid:
            self._valid[key] = is_valid_at(completed_on, obligation.validity_months, self._day)
        return self._valid[key]


def _over_all_trainables(
    people: dict[tuple[RowKey, int], People],
) -> dict[tuple[RowKey, int], People]:
    """Covered over all is covered in each that is asked; overdue over all is overdue in one."""
    totals: dict[tuple[RowKey, int], People] = {}
    missing: dict[RowKey, set[int]] = defaultdict(set)
    for (row, _trainable), part in people.items():
        total = totals.setdefault((row, ALL), People(set(), set(), set()))
        total.expected.update(part.expected)
        total.overdue.update(part.overdue)
        missing[row].update(part.expected - part.covered)
    for (row, _all), total in totals.items():
        total.covered.update(total.expected - missing[row])
    return totals
