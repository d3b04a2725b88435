"""Distinct people, gathered into rows and trainings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from .cells import Figures
from .rows import AppointmentRow, LatestCompletions
from .rules import Obligation, Rulebook

RowKey: TypeAlias = Hashable
# The column of a total over all trainings; no trainable has this number.
ALL = 0
# The column of everybody who works there, whether something is asked of her or not.
PRESENT = -1


class People(NamedTuple):
    """Sets of person ids. Covered and overdue are part of expected and have nobody in common;
    declared are those covered of whom no completion that counts here was observed."""

    expected: set[int]
    covered: set[int]
    overdue: set[int]
    declared: set[int]


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
        self._asked: dict[tuple[RowKey, int], dict[int, Obligation]] = defaultdict(dict)
        self._present: dict[RowKey, set[int]] = defaultdict(set)

    def add(self, appointment: AppointmentRow, rows: Iterable[RowKey]) -> None:
        """Count the holder of `appointment` in each of `rows`, once however often she is added."""
        obligations = self._rulebook.obligations(appointment)
        person = appointment.person
        for row in rows:
            self._present[row].add(person)
            for trainable, obligation in obligations.items():
                asked = self._asked[row, trainable]
                known = asked.get(person)
                asked[person] = known.strictest(obligation) if known else obligation

    def people(self) -> dict[tuple[RowKey, int], People]:
        """(row, trainable) and (row, ALL) -> people."""
        result = {key: self._sort(key[1], asked) for key, asked in self._asked.items()}
        return {**result, **_over_all_trainables(result)}

    def figures(self) -> dict[tuple[RowKey, int], Figures]:
        """The same in numbers, and (row, PRESENT)."""
        found = {key: Figures(*map(len, sets)) for key, sets in self.people().items()}
        present = {(row, PRESENT): Figures(len(sets)) for row, sets in self._present.items()}
        return {**found, **present}

    def standings(self, row: RowKey) -> Iterator[Standing]:
        """Everybody asked something in `row`, training by training."""
        for (key, trainable), asked in self._asked.items():
            if key == row:
                for person, obligation in asked.items():
                    covered = self._is_covered(person, trainable, obligation)
                    yield Standing(person, trainable, obligation, covered)

    def _sort(self, trainable: int, asked: dict[int, Obligation]) -> People:
        people = People(set(asked), set(), set(), set())
        for person, obligation in asked.items():
            if not self._is_covered(person, trainable, obligation):
                if self._day >= obligation.due_on:
                    people.overdue.add(person)
                continue
            people.covered.add(person)
            if not self._is_observed(person, trainable, obligation):
                people.declared.add(person)
        return people

    def _is_covered(self, person: int, trainable: int, obligation: Obligation) -> bool:
        # The latest completion ends last whatever the rules, so it alone decides.
        latest = self._completions.get((person, trainable))
        return latest is not None and self._counts(trainable, latest.completed_on, obligation)

    def _is_observed(self, person: int, trainable: int, obligation: Obligation) -> bool:
        observed_on = self._completions[person, trainable].observed_on
        return observed_on is not None and self._counts(trainable, observed_on, obligation)

    def _counts(self, trainable: int, completed_on: dt.date, obligation: Obligation) -> bool:
        if self._day < completed_on:
            return False
        end = self._rulebook.valid_until(trainable, completed_on, obligation.validity_months)
        return end is None or self._day < end


def _over_all_trainables(
    people: dict[tuple[RowKey, int], People],
) -> dict[tuple[RowKey, int], People]:
    """Covered over all is covered in each that is asked; overdue over all is overdue in one;
    declared over all is covered over all, and declared in each."""
    totals: dict[tuple[RowKey, int], People] = {}
    missing: dict[RowKey, set[int]] = defaultdict(set)
    observed: dict[RowKey, set[int]] = defaultdict(set)
    for (row, _trainable), part in people.items():
        total = totals.setdefault((row, ALL), People(set(), set(), set(), set()))
        total.expected.update(part.expected)
        total.overdue.update(part.overdue)
        missing[row].update(part.expected - part.covered)
        observed[row].update(part.covered - part.declared)
    for (row, _all), total in totals.items():
        total.covered.update(total.expected - missing[row])
        total.declared.update(total.covered - observed[row])
    return totals
