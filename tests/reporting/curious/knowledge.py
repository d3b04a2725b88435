"""What a reader holds after she has read everything, and what she concludes with a pencil.

The equations that she may write down are those of the tests that read the database:

- the role families of a place add up to the place;
- the establishments of a region, family or size add up to it, where she sees as many of them as the
  observatory says are known there;
- regions, families and sizes each add up to the nation;
- where a single training is asked of a group, the total over trainings is that training.

Each holds for people, and for those covered, late and so on, within one month. She combines all of
them (`determined`), and knows that a group that is not shown as empty has one person at least
(`confined`).

Over months she is told, which no source says, of which groups of an establishment nobody came or
left: their cells of both months are one. There she reads line after line, as in `test_months`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from .cells import ALL, MEASURES, NATION, Name, Place, Shown, join
from .solver import Equation, Unknown, adds_up, confined, determined, line_by_line
from .sources import Reader, Source

SMALL = range(1, 5)


class Sum(NamedTuple):
    """`total` = the sum of `members`."""

    total: Name
    members: list[Name]


@dataclass
class Knowledge:
    """`shown` has figures only. `known`: how many establishments a place has in a month; `above`:
    month -> establishment -> the places it is a part of."""

    known: Mapping[tuple[str, Place], int]
    above: Mapping[str, Mapping[str, AbstractSet[Place]]]
    shown: Shown = field(default_factory=dict)
    masked: set[Name] = field(default_factory=set)

    @classmethod
    def of(cls, reader: Reader, sources: Iterable[Source]) -> Knowledge:
        """All that these sources say."""
        found = cls(reader.known, reader.roll)
        for source in sources:
            for cells in source(reader):
                found.learn(cells)
        return found

    def learn(self, cells: Shown) -> None:
        """Whoever is shown a figure anywhere has it, whatever is masked elsewhere."""
        for name, figures in cells.items():
            assert self._is_place(name), name
            if figures is None:
                self.masked.add(name)
            else:
                join(self.shown, name, figures)

    @property
    def names(self) -> set[Name]:
        return self.masked | self.shown.keys()

    @property
    def hidden(self) -> set[Name]:
        return self.masked - self.shown.keys()

    @property
    def months(self) -> list[str]:
        return sorted({name.month for name in self.names})

    def counts(self, measure: str) -> dict[Name, int]:
        """What is shown of it."""
        found = {name: (figures or {}).get(measure) for name, figures in self.shown.items()}
        return {name: count for name, count in found.items() if count is not None}

    def sums(self, month: str) -> Iterator[Sum]:
        """As far as she can name every member."""
        members: dict[tuple[str, Name], list[Name]] = defaultdict(list)
        for name in sorted(one for one in self.names if one.month == month):
            if name.role_family != ALL:
                members["role families", name._replace(role_family=ALL)].append(name)
            if name.training != ALL:
                members["trainings", name._replace(training=ALL)].append(name)
            for place in self._above(name):
                members[name.place.kind, name._replace(place=place)].append(name)
        for (what, total), cells in members.items():
            is_one_training = what != "trainings" or len(cells) == 1
            has_all_houses = what != "establishment" or self._sees_all(month, total.place)
            if total in self.names and is_one_training and has_all_houses:
                yield Sum(total, cells)

    def _above(self, name: Name) -> AbstractSet[Place]:
        if name.place.kind == "establishment":
            return self.above[name.month].get(name.place.name, set())
        return {NATION} - {name.place}

    def _is_place(self, name: Name) -> bool:
        if name.place.kind == "establishment":
            return name.place.name in self.above[name.month]
        return name.place == NATION or (name.month, name.place) in self.known

    def _sees_all(self, month: str, place: Place) -> bool:
        seen = sum(place in above for above in self.above[month].values())
        return seen == self.known[month, place]


# What follows

Found: TypeAlias = dict[Unknown, int]
"""A cell, or several together -> people."""
Alike: TypeAlias = Callable[[Name], Name]
"""One name for cells that are the same people."""


def contradictions(knowledge: Knowledge) -> list[tuple[str, Sum]]:
    """Sums that do not add up: then she reads something wrong, or may not write it down."""
    return [
        (measure, one)
        for measure in MEASURES
        for month in knowledge.months
        for one in knowledge.sums(month)
        if not _adds_up(one, knowledge.counts(measure))
    ]


def _adds_up(one: Sum, counts: Mapping[Name, int]) -> bool:
    if not {one.total, *one.members} <= counts.keys():
        return True
    return counts[one.total] == sum(counts[member] for member in one.members)


def worked_out(knowledge: Knowledge, measure: str) -> Found:
    """Every hidden figure that a combination of all lines of a month gives exactly."""
    found: Found = {}
    for month in knowledge.months:
        found |= determined(_equations(knowledge, month, measure))
    return {name: count for name, count in found.items() if name in knowledge.hidden}


def small_groups(knowledge: Knowledge) -> Found:
    """Every group of one to four that a month gives: shown, worked out or confined to its size; and
    those that are hidden in one line, if they are so few together or one person each."""
    found: Found = dict(_small(knowledge.counts("people")))
    for month in knowledge.months:
        equations = _equations(knowledge, month, "people")
        found |= _small(determined(equations) | confined(equations, least=1))
        found |= _small_together(equations)
    return found


def small_groups_over_months(knowledge: Knowledge, alike: Alike) -> Found:
    """Those that she finds line after line, who knows which cells did not change."""
    equations = [
        equation
        for month in knowledge.months
        for equation in _equations(knowledge, month, "people", alike)
    ]
    given = line_by_line(equations)
    found: Found = {name: int(people) for name, people in given.items()}
    rest = [equation.without(given) for equation in equations]
    return _small(found) | _small_together(one for one in rest if one.factors)


def _equations(
    knowledge: Knowledge, month: str, measure: str, alike: Alike = lambda name: name
) -> list[Equation]:
    counts: Found = {alike(name): count for name, count in knowledge.counts(measure).items()}
    found = [
        adds_up(alike(one.total), [alike(member) for member in one.members], counts)
        for one in knowledge.sums(month)
    ]
    return [equation for equation in found if equation is not None]


def _small(found: Mapping[Any, int]) -> Found:
    return {name: people for name, people in found.items() if people in SMALL}


def _small_together(equations: Iterable[Equation]) -> Found:
    return {
        frozenset(one.factors): int(one.right)
        for one in equations
        if set(one.factors.values()) == {1}
        and (one.right in SMALL or one.right == len(one.factors))
    }
