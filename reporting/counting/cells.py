"""The figures of one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Figures(NamedTuple):
    """People, or a change of them: `tally.People` in numbers."""

    expected: int = 0
    covered: int = 0
    overdue: int = 0
    declared: int = 0

    def plus(self, other: Figures, sign: int = 1) -> Figures:
        return Figures(
            self.expected + sign * other.expected,
            self.covered + sign * other.covered,
            self.overdue + sign * other.overdue,
            self.declared + sign * other.declared,
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """Figures in people. `declared` is None where no headcount applies.

    For one role in one establishment `unknown` is max(0, declared - expected); in a total it is the
    sum over the roles. So `people` is max(expected, declared) for a role, and never smaller than
    either part of it in a total. `by_declaration` is the part of `covered` that rests on declared
    evidence alone; the monthly grid does not know it.
    """

    expected: int = 0
    covered: int = 0
    overdue: int = 0
    declared: int | None = None
    unknown: int = 0
    by_declaration: int = 0

    @property
    def people(self) -> int:
        """The denominator: everybody the requirement is known or declared to concern."""
        return self.expected + self.unknown

    @property
    def is_required(self) -> bool:
        """False reads «non requis», never 0 % or 100 %."""
        return self.people > 0

    @property
    def rate(self) -> float | None:
        return self.covered / self.people if self.people else None

    @property
    def percent(self) -> int | None:
        """The rate in whole percent, never rounded up to 100 while somebody is missing, nor down
        to 0 while somebody is covered."""
        people = self.people
        if not people:
            return None
        rounded = (200 * self.covered + people) // (2 * people)
        if self.covered < people:
            rounded = min(rounded, 99)
        return max(rounded, 1) if self.covered else rounded

    @property
    def unknown_share(self) -> float | None:
        return self.unknown / self.people if self.people else None
