"""Coverage of one establishment or one department, at any day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from organisation.models import Department, Establishment, StaffRole
from reporting.counting import AppointmentRow, CoverageTable, RowKey, coverage_table
from reporting.counting.matrix import declared_by_cell, department_rows, role_rows
from reporting.kinds import in_order
from training.models import Trainable

from . import rows


@dataclass(frozen=True, slots=True)
class Gap:
    """Of a whole establishment: people known, people declared (None if nothing is), and those of
    them on no roster; summed over roles, so that somebody with two roles counts in each."""

    known: int
    declared: int | None
    missing: int
    undeclared_roles: int


@dataclass(frozen=True)
class Coverage:
    """A counted table with what its rows and columns are called.

    `roles` are those with people or a headcount in the scope, in the order of the screens;
    `trainables` those asked of somebody here; `departments` those with people, by name, and then
    None if somebody has no department.
    """

    table: CoverageTable
    day: dt.date
    computed_at: dt.datetime
    trainables: list[Trainable]
    roles: list[StaffRole]
    departments: list[Department | None]
    has_people: bool
    gap: Gap | None = None


def coverage_of_establishment(*, establishment: Establishment, day: dt.date) -> Coverage:
    """Roles by trainings of a whole establishment, headcounts included. Eleven queries."""
    return _coverage(Q(establishment=establishment), day, role_rows, establishment)


def coverage_by_department(*, establishment: Establishment, day: dt.date) -> Coverage:
    """Departments by trainings. Headcounts are declared for the house, so they are left out."""
    return _coverage(Q(establishment=establishment), day, department_rows)


def coverage_of_department(*, department: Department, day: dt.date) -> Coverage:
    """Roles by trainings of one department; no headcount applies."""
    return _coverage(Q(department=department), day, role_rows)


def _coverage(
    where: Q,
    day: dt.date,
    row_keys: Callable[[AppointmentRow], tuple[RowKey, ...]],
    with_headcounts_of: Establishment | None = None,
) -> Coverage:
    appointments = rows.appointment_rows(day=day, where=where)
    rulebook = rows.rulebook_at(day=day)
    roles = rows.staff_roles()
    headcounts: dict[int, int] = {}
    declared = {}
    if with_headcounts_of is not None:
        place = with_headcounts_of
        headcounts = rows.headcounts_by_role(day=day, where=where).get(place.pk, {})
        declared = declared_by_cell(
            headcounts=headcounts,
            rulebook=rulebook,
            establishment=place.pk,
            region=place.region_id,
        )
    table = coverage_table(
        appointments=appointments,
        rulebook=rulebook,
        completions=rows.latest_completions(day=day, where=where),
        day=day,
        rows=row_keys,
        declared=declared,
        family_of_role={role.pk: role.family_id for role in roles},
    )
    present = {a.role for a in appointments} | {
        role for role, people in headcounts.items() if people
    }
    return Coverage(
        table=table,
        day=day,
        computed_at=timezone.now(),
        trainables=in_order(Trainable.objects.filter(pk__in=table.trainables)),
        roles=[role for role in roles if role.pk in present],
        departments=_departments({a.department for a in appointments}),
        has_people=bool(appointments),
        gap=_gap(appointments, headcounts) if with_headcounts_of is not None else None,
    )


def _gap(appointments: list[AppointmentRow], headcounts: dict[int, int]) -> Gap:
    people = {(one.role, one.person) for one in appointments}
    known = Counter(role for role, _person in people)
    return Gap(
        known=len(people),
        declared=sum(headcounts.values()) if headcounts else None,
        missing=sum(max(0, number - known[role]) for role, number in headcounts.items()),
        undeclared_roles=len(set(known) - set(headcounts)),
    )


def _departments(ids: set[int | None]) -> list[Department | None]:
    # Through the establishments' few hundred departments, never one query a row.
    found: list[Department | None] = list(
        Department.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by(
            "name", "pk"
        )
    )
    return [*found, None] if None in ids else found
