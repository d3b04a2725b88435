"""The quick count and the naive recount agree over random worlds."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.counting import (
    ALL,
    AppointmentRow,
    Cell,
    Latest,
    RequirementRow,
    Rulebook,
    Tally,
    coverage_table,
)
from reporting.counting.matrix import (
    TOTAL,
    CoverageTable,
    declared_by_cell,
    department_rows,
    role_rows,
)
from training.validity import Renewal

from . import naive

FAMILY_OF = {1: 1, 2: 1, 3: 2}
REGION_OF = {1: 1, 2: 1, 3: None}
HOUSE_OF = {11: 1, 12: 1, 21: 2}  # department -> establishment
TRAINABLES = [101, 102, 103]

days = st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30))
lengths = st.none() | st.integers(1, 500)


def _end(start: dt.date, length: int | None) -> dt.date | None:
    return None if length is None else start + dt.timedelta(days=length)


@st.composite
def appointments(draw: st.DrawFn) -> naive.Appointed:
    house = draw(st.sampled_from([1, 1, 2, 3]))
    department = draw(st.sampled_from([None, *(d for d, e in HOUSE_OF.items() if e == house)]))
    role = draw(st.sampled_from(list(FAMILY_OF)))
    start = draw(days)
    return naive.Appointed(
        person=draw(st.integers(1, 6)),
        role=role,
        family=FAMILY_OF[role],
        establishment=house,
        region=REGION_OF[house],
        department=department,
        starts_on=start,
        ends_on=_end(start, draw(lengths)),
    )


@st.composite
def requirements(draw: st.DrawFn) -> naive.Required:
    scope, place = draw(
        st.sampled_from(
            [
                ("nation", None),
                ("region", 1),
                ("establishment", 1),
                ("establishment", 3),
                ("department", 11),
                ("department", 21),
            ]
        )
    )
    start = draw(days)
    return naive.Required(
        trainable=draw(st.sampled_from(TRAINABLES)),
        scope=scope,
        place=place,
        roles=draw(st.none() | st.frozensets(st.sampled_from(list(FAMILY_OF)), min_size=1)),
        due_days=draw(st.integers(0, 200)),
        validity_months=draw(st.none() | st.integers(1, 30)),
        starts_on=start,
        ends_on=_end(start, draw(lengths)),
        due_on=draw(st.none() | days),
    )


@st.composite
def retrainings(draw: st.DrawFn) -> naive.Retrained:
    changed_on = draw(days)
    return naive.Retrained(
        trainable=draw(st.sampled_from(TRAINABLES)),
        changed_on=changed_on,
        required_from=changed_on + dt.timedelta(days=draw(st.integers(0, 200))),
    )


completions = st.builds(
    naive.Completed,
    person=st.integers(1, 6),
    trainable=st.sampled_from(TRAINABLES),
    day=days,
    is_declared=st.booleans(),
)
worlds = st.builds(
    naive.World,
    appointments=st.lists(appointments(), max_size=14),
    requirements=st.lists(requirements(), max_size=7),
    completions=st.lists(completions, max_size=14),
    headcounts=st.dictionaries(
        st.tuples(st.sampled_from([1, 2]), st.sampled_from(list(FAMILY_OF))),
        st.integers(0, 8),
        max_size=5,
    ),
    retrainings=st.lists(retrainings(), max_size=4),
)


def quick_rows(world: naive.World, day: dt.date) -> list[AppointmentRow]:
    return [
        AppointmentRow(
            a.person, a.role, a.family, a.establishment, a.region, a.department, a.starts_on
        )
        for a in world.appointments
        if naive.holds(a, day)
    ]


def quick_rules(world: naive.World, day: dt.date) -> Rulebook:
    renewals: dict[int, list[Renewal]] = {}
    for one in world.retrainings:
        renewals.setdefault(one.trainable, []).append(Renewal(one.changed_on, one.required_from))
    requirements = (
        RequirementRow(
            trainable=r.trainable,
            scope=r.scope,
            place=r.place,
            roles=r.roles,
            due_days=r.due_days,
            validity_months=r.validity_months,
            starts_on=r.starts_on,
            due_on=r.due_on,
        )
        for r in world.requirements
        if naive.holds(r, day)
    )
    return Rulebook(requirements, renewals)


def quick_completions(world: naive.World, day: dt.date) -> dict[tuple[int, int], Latest]:
    found: dict[tuple[int, int], Latest] = {}
    for c in sorted(world.completions, key=lambda c: c.day):
        if c.day <= day:
            key = (c.person, c.trainable)
            before = found[key].observed_on if key in found else None
            found[key] = Latest(c.day, before if c.is_declared else c.day)
    return found


def quick_table(
    world: naive.World,
    day: dt.date,
    house: int | None = None,
    rows: Any = role_rows,
    declared: Any = None,
) -> CoverageTable:
    tally = Tally(
        rulebook=quick_rules(world, day), completions=quick_completions(world, day), day=day
    )
    for one in quick_rows(world, day):
        if house in (None, one.establishment):
            tally.add(one, rows(one))
    return coverage_table(figures=tally.figures(), declared=declared, family_of_role=FAMILY_OF)


def figures(cell: Cell) -> tuple[int, int, int, int]:
    return cell.expected, cell.covered, cell.overdue, cell.by_declaration


@settings(max_examples=150, deadline=None)
@given(world=worlds, day=days)
def test_roles_families_and_totals_equal_the_naive_recount(
    world: naive.World, day: dt.date
) -> None:
    rulebook = quick_rules(world, day)
    for house in (1, 2):
        headcounts = {role: n for (e, role), n in world.headcounts.items() if e == house}
        asked = partial(
            rulebook.trainables_everywhere_in, establishment=house, region=REGION_OF[house]
        )
        table = quick_table(
            world, day, house, declared=declared_by_cell(headcounts=headcounts, asked=asked)
        )
        rows = [(("role", r), {r}) for r in FAMILY_OF]
        rows += [(("family", f), {r for r in FAMILY_OF if FAMILY_OF[r] == f}) for f in (1, 2)]
        rows.append((TOTAL, set(FAMILY_OF)))
        for row, roles in rows:
            for column in (*TRAINABLES, ALL):
                trainables = TRAINABLES if column == ALL else [column]
                cell = table.cell(row, column)
                assert figures(cell) == naive.count(
                    world,
                    day,
                    trainables,
                    lambda a, house=house, roles=roles: (
                        a.establishment == house and a.role in roles
                    ),
                )
                assert cell.unknown == naive.unknown(
                    world, day, trainables, house, REGION_OF[house], roles
                )


@settings(max_examples=100, deadline=None)
@given(world=worlds, day=days)
def test_departments_equal_the_naive_recount(world: naive.World, day: dt.date) -> None:
    table = quick_table(world, day, 1, rows=department_rows)
    for department in (11, 12, None):
        for column in (*TRAINABLES, ALL):
            cell = table.cell(("department", department), column)
            assert figures(cell) == naive.count(
                world,
                day,
                TRAINABLES if column == ALL else [column],
                lambda a, department=department: (
                    a.establishment == 1 and a.department == department
                ),
            )
            assert cell.declared is None


@given(world=worlds, day=days)
@settings(max_examples=50, deadline=None)
def test_parts_stay_within_the_whole(world: naive.World, day: dt.date) -> None:
    table = quick_table(world, day)
    for cell in table.cells.values():
        assert 0 <= cell.covered + cell.overdue <= cell.expected <= cell.people
        assert 0 <= cell.by_declaration <= cell.covered
