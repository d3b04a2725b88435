"""A recount that follows the design's sentences one person at a time, with no set and no short
cut, to hold the quick one against. It shares no code with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Appointed:
    person: int
    role: int
    family: int
    establishment: int
    region: int | None
    department: int | None
    starts_on: dt.date
    ends_on: dt.date | None


@dataclass(frozen=True)
class Required:
    trainable: int
    scope: str
    place: int | None
    roles: frozenset[int] | None
    due_days: int
    validity_months: int | None
    starts_on: dt.date
    ends_on: dt.date | None
    due_on: dt.date | None = None


@dataclass(frozen=True)
class Completed:
    person: int
    trainable: int
    day: dt.date
    is_declared: bool = False


@dataclass(frozen=True)
class Retrained:
    trainable: int
    changed_on: dt.date
    required_from: dt.date


@dataclass(frozen=True)
class World:
    appointments: list[Appointed]
    requirements: list[Required]
    completions: list[Completed]
    headcounts: dict[tuple[int, int], int]  # (establishment, role) -> people
    retrainings: list[Retrained]


def holds(row: Appointed | Required, day: dt.date) -> bool:
    return row.starts_on <= day and (row.ends_on is None or day < row.ends_on)


def later(day: dt.date, months: int) -> dt.date:
    """Step month by month, then find a day that exists."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    wanted = day.day
    while True:
        try:
            return dt.date(year, month, wanted)
        except ValueError:
            wanted -= 1


def reaches(requirement: Required, appointment: Appointed) -> bool:
    if requirement.roles is not None and appointment.role not in requirement.roles:
        return False
    places = {
        "nation": None,
        "region": appointment.region,
        "establishment": appointment.establishment,
        "department": appointment.department,
    }
    if requirement.scope == "nation":
        return True
    return requirement.place is not None and requirement.place == places[requirement.scope]


def counts(world: World, completion: Completed, months: list[int], day: dt.date) -> bool:
    """Whether this one completion counts at `day` under these validities."""
    if day < completion.day:
        return False
    if any(day >= later(completion.day, validity) for validity in months):
        return False
    return not any(
        one.trainable == completion.trainable
        and day >= one.required_from
        and completion.day < one.changed_on
        for one in world.retrainings
    )


def standing(
    world: World, person: int, trainable: int, day: dt.date, inside: Callable[[Appointed], bool]
) -> str | None:
    """None if nothing is asked; else «observed», «declared», «overdue» or «waiting»."""
    pairs = [
        (requirement, appointment)
        for appointment in world.appointments
        if appointment.person == person and holds(appointment, day) and inside(appointment)
        for requirement in world.requirements
        if requirement.trainable == trainable
        and holds(requirement, day)
        and reaches(requirement, appointment)
    ]
    if not pairs:
        return None
    months = [r.validity_months for r, _ in pairs if r.validity_months is not None]
    valid = [
        completion
        for completion in world.completions
        if (completion.person, completion.trainable) == (person, trainable)
        and counts(world, completion, months, day)
    ]
    if valid:
        return "declared" if all(completion.is_declared for completion in valid) else "observed"
    for requirement, appointment in pairs:
        begins = max(requirement.starts_on, appointment.starts_on)
        is_after_the_fixed_day = requirement.due_on is None or day >= requirement.due_on
        if (day - begins).days >= requirement.due_days and is_after_the_fixed_day:
            return "overdue"
    return "waiting"


def count(
    world: World,
    day: dt.date,
    trainables: Iterable[int],
    inside: Callable[[Appointed], bool],
) -> tuple[int, int, int, int]:
    """(expected, covered, overdue, of the covered those declared) people over `trainables`, each
    person once."""
    expected = covered = overdue = declared = 0
    for person in {appointment.person for appointment in world.appointments}:
        standings = [standing(world, person, t, day, inside) for t in trainables]
        asked = [s for s in standings if s is not None]
        expected += bool(asked)
        covered += bool(asked) and all(s in ("observed", "declared") for s in asked)
        overdue += any(s == "overdue" for s in asked)
        declared += bool(asked) and all(s == "declared" for s in asked)
    return expected, covered, overdue, declared


def unknown(
    world: World,
    day: dt.date,
    trainables: Iterable[int],
    establishment: int,
    region: int | None,
    roles: Iterable[int],
) -> int:
    """What the headcounts of `roles` in the establishment declare beyond the people known."""
    trainables = list(trainables)
    missing = 0
    for role in roles:
        asked_everywhere = any(
            holds(r, day)
            and r.trainable in trainables
            and (r.roles is None or role in r.roles)
            and (r.scope, r.place)
            in {("nation", None), ("region", region), ("establishment", establishment)}
            for r in world.requirements
        )
        if asked_everywhere and (establishment, role) in world.headcounts:
            known, *_ = count(
                world,
                day,
                trainables,
                lambda a, role=role: (a.establishment, a.role) == (establishment, role),
            )
            missing += max(0, world.headcounts[establishment, role] - known)
    return missing
