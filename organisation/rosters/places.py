"""What a file says of one person's work, against what is known: what begins, ends and changes.

Everything is at the day of the file, `as_of`. Nothing that was over by then is touched, nothing
that begins later is ended, and what a file does not say stays.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final

from .directory import KnownAppointment


class Unsaid:
    """The file has no such column, or an empty cell: what is known stays."""

    def __repr__(self) -> str:
        return "unsaid"


UNSAID: Final = Unsaid()
DepartmentWanted = int | str | Unsaid
"""A primary key, or the name of a department that is to be made."""


@dataclasses.dataclass(frozen=True, slots=True)
class Want:
    """One appointment as a file says it; `ends_on` is the first day after it, None if open."""

    role: int
    department: DepartmentWanted = UNSAID
    site: int | Unsaid = UNSAID
    starts_on: dt.date | None = None
    ends_on: dt.date | Unsaid | None = UNSAID

    @property
    def sort_key(self) -> tuple[object, ...]:
        department = self.department
        return (
            self.role,
            isinstance(department, Unsaid),
            isinstance(department, str),
            "" if isinstance(department, Unsaid) else f"{department:>12}",
        )

    def is_over(self, day: dt.date) -> bool:
        return isinstance(self.ends_on, dt.date) and self.ends_on <= day

    def was_over_before(self, known: KnownAppointment, day: dt.date) -> bool:
        """Whether this was over by `day`, and before that appointment began."""
        is_before = isinstance(self.ends_on, dt.date) and self.ends_on <= known.starts_on
        return is_before and self.is_over(day)

    def means(self, known: KnownAppointment, day: dt.date) -> bool:
        """Whether this is that appointment."""
        is_there = isinstance(self.department, Unsaid) or self.department == known.department
        is_same = is_there and self.role == known.role
        return is_same and not self.was_over_before(known, day)


@dataclasses.dataclass(frozen=True, slots=True)
class Start:
    """An appointment that begins. `department` may be the name of one to be made."""

    role: int
    department: int | str | None
    site: int | None
    starts_on: dt.date
    ends_on: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class Update:
    """What becomes of a known appointment, by the names of its columns."""

    known: KnownAppointment
    starts_on: dt.date
    ends_on: dt.date | None
    site: int | None

    @property
    def is_ending(self) -> bool:
        return self.ends_on is not None and self.ends_on != self.known.ends_on


@dataclasses.dataclass(slots=True)
class Work:
    """What changes of one person's work; `moves` pairs what ends with what begins instead."""

    starts: list[Start] = dataclasses.field(default_factory=list)
    updates: list[Update] = dataclasses.field(default_factory=list)
    moves: list[tuple[KnownAppointment, Start]] = dataclasses.field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.starts or self.updates)


def wants_merged(wants: Iterable[Want], day: dt.date) -> list[Want]:
    """One want a role and department: contracts that follow each other are one appointment, and
    what was over by `day` counts only where nothing goes on."""
    by_place: dict[tuple[int, DepartmentWanted], list[Want]] = {}
    for want in wants:
        by_place.setdefault((want.role, want.department), []).append(want)
    said = {role for role, department in by_place if not isinstance(department, Unsaid)}
    merged = [
        _merged(same, day)
        for (role, department), same in by_place.items()
        if not (isinstance(department, Unsaid) and role in said)
    ]
    return sorted(merged, key=lambda want: want.sort_key)


def work_changes(
    *,
    wants: Sequence[Want],
    known: Sequence[KnownAppointment],
    day: dt.date,
    is_complete: bool,
) -> Work:
    """What the file changes of the work of one person, `known` being all she ever had here.

    `wants` are merged. Unless the list is complete, nothing ends but what it says to end.
    """
    over = [one.ends_on for one in known if one.ends_on is not None and one.ends_on <= day]
    diff = _Diff(day, max(over, default=dt.date.min))
    free = [one for one in known if one.ends_on is None or one.ends_on > day]
    left = []
    for want in wants:
        meant = [one for one in free if want.means(one, day)]
        if meant:
            free = [one for one in free if one not in meant]
            diff.keep(want, meant)
        elif not want.is_over(day):
            left.append(want)
    endable = [one for one in free if one.starts_on <= day] if is_complete else []
    endable = [one for one in endable if not diff.hands_over(one)]
    for want, one in zip(left, endable, strict=False):
        diff.move(want, one)
    for want in left[len(endable) :]:
        diff.start(want)
    for one in endable[len(left) :]:
        diff.end(one, day)
    return diff.work


class _Diff:
    """Collects the changes of one person."""

    def __init__(self, day: dt.date, last_end: dt.date) -> None:
        self.day = day
        self.last_end = last_end
        self.work = Work()
        self._following: list[dt.date] = []

    def keep(self, want: Want, meant: Sequence[KnownAppointment]) -> None:
        """She has it already; its end, its site or a start still to come may be corrected."""
        self._following += [one.starts_on for one in meant]
        last = meant[-1]  # they are sorted by their start
        start, end = last.starts_on, last.ends_on
        if not isinstance(want.ends_on, Unsaid):
            end = max(want.ends_on, start) if want.ends_on else None
        if want.starts_on and start > self.day and len(meant) == 1:
            start = max(want.starts_on, self.last_end)
            start = min(start, end) if end else start
        site = last.site if isinstance(want.site, Unsaid) else want.site
        if (start, end, site) != (last.starts_on, last.ends_on, last.site):
            self.work.updates.append(Update(last, start, end, site))

    def hands_over(self, one: KnownAppointment) -> bool:
        """Whether its end is known already, because something else begins then."""
        return one.ends_on is not None and any(day >= one.ends_on for day in self._following)

    def move(self, want: Want, one: KnownAppointment) -> None:
        """What she did ends as the other begins: the day the file says, if it is later than the
        start of the first, else the day of the file."""
        on = want.starts_on if want.starts_on and want.starts_on > one.starts_on else self.day
        on = max(on, self.last_end)
        department = one.department if isinstance(want.department, Unsaid) else want.department
        end = one.ends_on if isinstance(want.ends_on, Unsaid) else want.ends_on
        site = one.site if isinstance(want.site, Unsaid) else want.site
        if end is not None and end <= on:
            end = None if isinstance(want.ends_on, Unsaid) else end
        if end is not None and end <= on:
            self.end(one, self.day)
            return
        start = Start(want.role, department, site, on, end)
        if one.ends_on is None or one.ends_on > on:
            self.end(one, on)
        self.work.starts.append(start)
        self.work.moves.append((one, start))

    def start(self, want: Want) -> None:
        on = max(want.starts_on or self.day, self.last_end)
        end = None if isinstance(want.ends_on, Unsaid) else want.ends_on
        if end is not None and end <= on:
            return
        department = None if isinstance(want.department, Unsaid) else want.department
        site = None if isinstance(want.site, Unsaid) else want.site
        self.work.starts.append(Start(want.role, department, site, on, end))

    def end(self, one: KnownAppointment, on: dt.date) -> None:
        self.work.updates.append(Update(one, one.starts_on, max(on, one.starts_on), one.site))


def _merged(same: Sequence[Want], day: dt.date) -> Want:
    going_on = [want for want in same if not want.is_over(day)] or list(same)
    starts = [want.starts_on for want in going_on]
    sites = sorted(want.site for want in going_on if not isinstance(want.site, Unsaid))
    first = going_on[0]
    return Want(
        role=first.role,
        department=first.department,
        site=sites[0] if sites else UNSAID,
        starts_on=None if None in starts else min(one for one in starts if one),
        ends_on=_latest([want.ends_on for want in going_on]),
    )


def _latest(ends: Sequence[dt.date | Unsaid | None]) -> dt.date | Unsaid | None:
    """The column is there for all lines or for none."""
    days = [end for end in ends if isinstance(end, dt.date)]
    if any(isinstance(end, Unsaid) for end in ends):
        return UNSAID
    return max(days) if len(days) == len(ends) else None
