"""What of a person counts, and what it adds to the establishments that she works in.

`Facts` are kept as JSON with days as ordinals: small, for there are as many as people.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from organisation.models import Appointment, Establishment, StaffRole
from reporting.counting import AppointmentRow
from reporting.counting.steps import (
    FOREVER,
    Figures,
    Held,
    Rules,
    Taken,
    person_steps,
)
from reporting.ledger.models import CellKind
from reporting.selectors import rows
from training.enums import Provenance
from training.models import Completion

JsonFacts: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """Appointments as (establishment, department, role, first day, first day after), and
    completions by trainable, the oldest first."""

    appointments: list[tuple[int, int | None, int, dt.date, dt.date]] = field(default_factory=list)
    taken: dict[int, list[Taken]] = field(default_factory=dict)

    def to_json(self) -> JsonFacts:
        return {
            "a": [
                [house, department, role, start.toordinal(), end.toordinal()]
                for house, department, role, start, end in self.appointments
            ],
            "c": {
                str(trainable): [[one.day.toordinal(), int(one.is_declared)] for one in taken]
                for trainable, taken in self.taken.items()
            },
        }

    @classmethod
    def from_json(cls, kept: JsonFacts) -> Facts:
        day = dt.date.fromordinal
        return cls(
            [(h, d, r, day(start), day(end)) for h, d, r, start, end in kept["a"]],
            {
                int(trainable): [Taken(day(one), bool(declared)) for one, declared in taken]
                for trainable, taken in kept["c"].items()
            },
        )

    def only_in(self, establishment: int) -> Facts:
        """Without what she does elsewhere."""
        here = [one for one in self.appointments if one[0] == establishment]
        return Facts(here, self.taken)


NO_FACTS = Facts()


class Place(NamedTuple):
    """A row of steps; 0 for what the kind does not name."""

    kind: str
    department: int
    role: int
    family: int

    def above(self) -> list[Place]:
        """What a base is a part of."""
        return [
            Place(CellKind.ROLE.value, 0, self.role, 0),
            Place(CellKind.FAMILY.value, 0, 0, self.family),
            Place(CellKind.DEPARTMENT.value, self.department, 0, 0),
            Place(CellKind.HOUSE.value, 0, 0, 0),
        ]


class StepKey(NamedTuple):
    """Where and from when."""

    kind: str
    department: int
    role: int
    family: int
    trainable: int
    day: dt.date

    @classmethod
    def at(cls, place: Place, trainable: int, day: dt.date) -> StepKey:
        return cls(place.kind, place.department, place.role, place.family, trainable, day)

    @property
    def place(self) -> Place:
        return Place(self.kind, self.department, self.role, self.family)


class CellKey(NamedTuple):
    kind: str
    key: int
    trainable: int


Contribution: TypeAlias = dict[StepKey, Figures]


@dataclass(frozen=True)
class Reference:
    """What the facts are read with."""

    rules: Rules
    region_of: Mapping[int, int | None]
    family_of: Mapping[int, int]

    @classmethod
    def load(cls) -> Reference:
        """For every establishment. Four queries."""
        regions = Establishment.objects.order_by().values_list("pk", "region_id")
        return cls._with(dict(regions))

    @classmethod
    def of_house(cls, establishment: Establishment) -> Reference:
        """For one. Three queries."""
        return cls._with({establishment.pk: establishment.region_id})

    @classmethod
    def _with(cls, region_of: Mapping[int, int | None]) -> Reference:
        families = StaffRole.objects.order_by().values_list("pk", "family_id")
        return cls(rows.rules_ever(), region_of, dict(families))


def facts_of(*, people: Iterable[int]) -> dict[int, Facts]:
    """What is known of these now. Two queries."""
    wanted = list(people)
    found = {person: Facts() for person in wanted}
    appointments = Appointment.objects.filter(person__in=wanted).order_by("person", "pk")
    for person, house, department, role, start, end, closed in appointments.values_list(
        "person_id",
        "establishment_id",
        "department_id",
        "role_id",
        "starts_on",
        "ends_on",
        "establishment__closed_on",
    ):
        ends = min(end or FOREVER, closed or FOREVER)
        if start < ends:
            found[person].appointments.append((house, department, role, start, ends))
    completions = Completion.objects.filter(person__in=wanted).order_by("completed_at", "pk")
    for person, trainable, at, provenance in completions.values_list(
        "person_id", "trainable_id", "completed_at", "provenance"
    ):
        one = Taken(at.astimezone(rows.PARIS).date(), provenance != Provenance.OBSERVED)
        found[person].taken.setdefault(trainable, []).append(one)
    return found


def contributions(facts: Facts, reference: Reference) -> dict[int, Contribution]:
    """Establishment → what the person of these facts adds to it."""
    by_house: dict[int, list[Held]] = defaultdict(list)
    for house, department, role, start, end in facts.appointments:
        row = AppointmentRow(
            person=0,
            role=role,
            family=reference.family_of[role],
            establishment=house,
            region=reference.region_of[house],
            department=department,
            starts_on=start,
        )
        by_house[house].append(Held(row, end))
    return {house: _contribution(held, facts, reference.rules) for house, held in by_house.items()}


def _base(row: AppointmentRow) -> Place:
    return Place(CellKind.BASE.value, row.department or 0, row.role, row.family)


def _all_rows(row: AppointmentRow) -> list[Place]:
    return [_base(row), *_base(row).above()]


def _contribution(held: list[Held], facts: Facts, rules: Rules) -> Contribution:
    is_single = len(held) == 1
    steps = person_steps(
        appointments=held,
        taken=facts.taken,
        rules=rules,
        rows=(lambda row: [_base(row)]) if is_single else _all_rows,
    )
    found: Contribution = {}
    for (place, trainable), changes in steps.items():
        assert isinstance(place, Place)
        for day, change in changes.items():
            added(found, StepKey.at(place, trainable, day), change)
            if place.kind == CellKind.BASE and not is_single:
                for above in place.above():
                    added(found, StepKey.at(above, trainable, day), change, sign=-1)
    return {key: figures for key, figures in found.items() if any(figures)}


def contribution_changed(before: Contribution, after: Contribution) -> Contribution:
    """What has to be posted for `before` to become `after`."""
    found = dict(after)
    for key, figures in before.items():
        added(found, key, figures, sign=-1)
    return {key: figures for key, figures in found.items() if any(figures)}


def cells_of(steps: Mapping[StepKey, Figures]) -> dict[CellKey, Figures]:
    """Steps summed into the cells that they change, whatever their day."""
    found: dict[CellKey, Figures] = {}
    for step, figures in steps.items():
        place = step.place
        for one in place.above() if place.kind == CellKind.BASE else [place]:
            key = CellKey(one.kind, one.department or one.role or one.family, step.trainable)
            found[key] = found.get(key, Figures()).plus(figures)
    return {key: figures for key, figures in found.items() if any(figures)}


def added(found: Contribution, key: StepKey, figures: Figures, sign: int = 1) -> None:
    """Add to what stands under the key."""
    found[key] = found.get(key, Figures()).plus(figures, sign)
