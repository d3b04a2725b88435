"""Steps summed up to a day are the figures of that day, over random histories."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from hypothesis import given, settings

from reporting.counting import ALL, AppointmentRow, RequirementRow
from reporting.counting.steps import (
    FOREVER,
    NOBODY,
    Asked,
    Figures,
    Held,
    Rules,
    Taken,
    person_steps,
)
from training.validity import Renewal

from . import naive
from .test_counting_properties import TRAINABLES, days, worlds


def rules_of(world: naive.World) -> Rules:
    renewals: dict[int, list[Renewal]] = defaultdict(list)
    for one in world.retrainings:
        renewals[one.trainable].append(Renewal(one.changed_on, one.required_from))
    return Rules(
        (
            Asked(
                RequirementRow(
                    trainable=r.trainable,
                    scope=r.scope,
                    place=r.place,
                    roles=r.roles,
                    due_days=r.due_days,
                    validity_months=r.validity_months,
                    starts_on=r.starts_on,
                    due_on=r.due_on,
                ),
                r.ends_on or FOREVER,
            )
            for r in world.requirements
        ),
        renewals,
    )


def rows(a: AppointmentRow) -> list[object]:
    return [
        ("role", a.establishment, a.role),
        ("department", a.establishment, a.department),
        ("house", a.establishment),
        ("region", a.region, a.family),
        ("nation",),
    ]


def summed(world: naive.World, day: dt.date) -> dict[tuple[object, int], Figures]:
    rules = rules_of(world)
    found: dict[tuple[object, int], Figures] = defaultdict(lambda: NOBODY)
    for person in {a.person for a in world.appointments}:
        taken: dict[int, list[Taken]] = defaultdict(list)
        for c in sorted(world.completions, key=lambda c: c.day):
            if c.person == person:
                taken[c.trainable].append(Taken(c.day, c.is_declared))
        held = [
            Held(
                AppointmentRow(
                    a.person, a.role, a.family, a.establishment, a.region, a.department, a.starts_on
                ),
                a.ends_on or FOREVER,
            )
            for a in world.appointments
            if a.person == person
        ]
        steps = person_steps(appointments=held, taken=taken, rules=rules, rows=rows)
        for key, changes in steps.items():
            for change_day, change in changes.items():
                if change_day <= day:
                    found[key] = found[key].plus(change)
    return found


def insides(world: naive.World) -> dict[object, Callable[[naive.Appointed], bool]]:
    found: dict[object, Callable[[naive.Appointed], bool]] = {("nation",): lambda a: True}
    for one in world.appointments:
        found["role", one.establishment, one.role] = lambda a, o=one: (
            (a.establishment, a.role) == (o.establishment, o.role)
        )
        found["department", one.establishment, one.department] = lambda a, o=one: (
            (a.establishment, a.department) == (o.establishment, o.department)
        )
        found["house", one.establishment] = lambda a, o=one: a.establishment == o.establishment
        found["region", one.region, one.family] = lambda a, o=one: (
            (a.region, a.family) == (o.region, o.family)
        )
    return found


@given(world=worlds, day=days)
@settings(max_examples=300, deadline=None)
def test_steps_up_to_a_day_are_its_figures(world: naive.World, day: dt.date) -> None:
    found = summed(world, day)
    for row, inside in insides(world).items():
        for trainable in TRAINABLES:
            expected = naive.count(world, day, [trainable], inside)
            assert tuple(found[row, trainable]) == expected, (row, trainable)
        assert tuple(found[row, ALL]) == naive.count(world, day, TRAINABLES, inside), row
