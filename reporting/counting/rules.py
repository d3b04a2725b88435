"""Which requirements reach whom."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from training.terms import Asked as Obligation
from training.terms import Post, TermsBook
from training.validity import Renewal, valid_until

from .rows import AppointmentRow, RequirementRow

Asking = TypeVar("Asking")


class ByPlace(Generic[Asking]):
    """What asks something, looked up by place and role; each look-up is made once.

    `row_of` gives the requirement of one of them.
    """

    def __init__(
        self, asking: Iterable[Asking], row_of: Callable[[Asking], RequirementRow]
    ) -> None:
        self._row_of = row_of
        self._by_place: dict[tuple[str, int | None], list[Asking]] = defaultdict(list)
        for one in asking:
            row = row_of(one)
            self._by_place[row.scope, row.place].append(one)
        self._found: dict[tuple[int | None, int, int | None, int], list[Asking]] = {}
        self._everywhere: dict[tuple[int, int | None, int], list[Asking]] = {}

    def reaching(self, appointment: AppointmentRow) -> list[Asking]:
        """Those that reach the holder of an appointment."""
        role, establishment = appointment.role, appointment.establishment
        key = (appointment.department, establishment, appointment.region, role)
        if key not in self._found:
            found = self.everywhere_in(establishment, appointment.region, role)
            if appointment.department is not None:
                found = found + self._of(("department", appointment.department), role)
            self._found[key] = found
        return self._found[key]

    def everywhere_in(self, establishment: int, region: int | None, role: int) -> list[Asking]:
        """Those that reach a role in the whole establishment, not only in a department."""
        key = (establishment, region, role)
        if key not in self._everywhere:
            places = [("nation", None), ("establishment", establishment)]
            if region is not None:
                places.append(("region", region))
            self._everywhere[key] = [one for place in places for one in self._of(place, role)]
        return self._everywhere[key]

    def _of(self, place: tuple[str, int | None], role: int) -> list[Asking]:
        return [
            one for one in self._by_place.get(place, []) if self._row_of(one).reaches_role(role)
        ]


class Rulebook:
    """The requirements of a day, looked up by place and role; each look-up is made once.

    `renewals` are the retrainings asked of each training, whatever the day.
    """

    def __init__(
        self,
        requirements: Iterable[RequirementRow],
        renewals: Mapping[int, Sequence[Renewal]] | None = None,
    ) -> None:
        self._renewals = renewals or {}
        self._ends: dict[tuple[int, dt.date, int | None], dt.date | None] = {}
        self._requirements = ByPlace(requirements, lambda one: one)
        self._terms = TermsBook()
        self._posts: dict[tuple[object, ...], Post] = {}

    def obligations(self, appointment: AppointmentRow) -> dict[int, Obligation]:
        """Trainable -> what this appointment asks of its holder. Those in the same place and role
        of whom it is asked since the same day share one answer: do not change it."""
        return self.post(appointment).asked(appointment.starts_on)

    def post(self, appointment: AppointmentRow) -> Post:
        """What is asked in its place and role, whoever holds it since when."""
        place = appointment[1:-1]  # all but who, and since when
        post = self._posts.get(place)
        if post is None:
            reaching = self._requirements.reaching(appointment)
            post = self._posts[place] = self._terms.post(
                (one.trainable, one.terms) for one in reaching
            )
        return post

    def valid_until(
        self, trainable: int, completed_on: dt.date, months: int | None
    ) -> dt.date | None:
        """The first day on which a completion counts no longer; None if it always does."""
        key = (self.alike(trainable), completed_on, months)  # a few hundred days, kept
        if key not in self._ends:
            self._ends[key] = valid_until(completed_on, months, self._renewals.get(trainable, ()))
        return self._ends[key]

    def alike(self, trainable: int) -> int:
        """The same number for trainings whose completions of a day end on the same day: those that
        never have to be taken again."""
        return trainable if trainable in self._renewals else 0

    def counts_from(self, trainable: int, months: int | None, day: dt.date) -> dt.date:
        """The first day whose completions count at `day`; the day after it if none does.

        A later completion never ends before an earlier one, so a search by halves finds it.
        """
        first, last = 1, day.toordinal() + 1
        while first < last:
            middle = (first + last) // 2
            end = self.valid_until(trainable, dt.date.fromordinal(middle), months)
            if end is None or day < end:
                last = middle
            else:
                first = middle + 1
        return dt.date.fromordinal(first)

    def trainables_everywhere_in(
        self, role: int, *, establishment: int, region: int | None
    ) -> set[int]:
        """The trainables asked of a role in the whole establishment. A requirement of a single
        department is left out: the headcount of the whole house is no denominator for it."""
        found = self._requirements.everywhere_in(establishment, region, role)
        return {requirement.trainable for requirement in found}
