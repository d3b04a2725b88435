"""Coverage of one establishment or one department, at any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from organisation.models import Department, Establishment, StaffRole
from reporting.counting import PRESENT, CoverageTable, RowKey, coverage_table
from reporting.counting.matrix import TOTAL, declared_by_cell
from reporting.ledger.models import CellKind
from reporting.ledger.reading import ledger_figures
from training.models import Trainable

from . import rows
from .names import names_at
from .recount import PlaceFigures, department_figures, houses_figures, present


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
    None if somebody has no department. `is_behind` asks for `ledger.running.ledger_wake`: the
    figures are right, and would cost less if the ledger went on.
    """

    table: CoverageTable
    day: dt.date
    computed_at: dt.datetime
    trainables: list[Trainable]
    roles: list[StaffRole]
    departments: list[Department | None]
    has_people: bool
    gap: Gap | None = None
    is_behind: bool = False


def coverage_of_establishment(*, establishment: Establishment, day: dt.date) -> Coverage:
    """Roles by trainings of a whole establishment, headcounts included.

    Three queries where the figures stand ready and the names are known, fourteen where people have
    to be counted.
    """
    headcounts = rows.headcounts_by_role(day=day, where=Q(establishment=establishment))
    return _coverage(
        _of_house(establishment, day, ROLES),
        day,
        _Headcounts(establishment, headcounts.get(establishment.pk, {})),
    )


def coverage_by_department(*, establishment: Establishment, day: dt.date) -> Coverage:
    """Departments by trainings. Headcounts are declared for the house, so they are left out."""
    return _coverage(_of_house(establishment, day, DEPARTMENTS), day)


def coverage_of_department(*, department: Department, day: dt.date) -> Coverage:
    """Roles by trainings of one department; no headcount applies. Nine queries."""
    figures = department_figures(
        department=department.pk, establishment=department.establishment_id, day=day
    )
    return _coverage(_Counted(figures), day)


ROLES = (CellKind.ROLE, CellKind.FAMILY, CellKind.HOUSE)
DEPARTMENTS = (CellKind.DEPARTMENT, CellKind.HOUSE)


@dataclass(frozen=True, slots=True)
class _Counted:
    """Figures, whether the ledger should go on, and which edition names their rows, if known."""

    figures: PlaceFigures
    is_behind: bool = False
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class _Headcounts:
    """What HR declares of an establishment, role by role."""

    establishment: Establishment
    by_role: dict[int, int]

    def by_cell(
        self, day: dt.date, family_of_role: Mapping[int, int]
    ) -> dict[tuple[RowKey, int], int]:
        if not self.by_role:
            return {}
        asked = rows.asked_everywhere(
            establishment=self.establishment, day=day, family_of_role=family_of_role
        )
        return declared_by_cell(headcounts=self.by_role, asked=lambda role: asked.get(role, ()))


def _of_house(establishment: Establishment, day: dt.date, kinds: Sequence[CellKind]) -> _Counted:
    """From the ledger, or from its people where the ledger cannot tell."""
    standing = ledger_figures(establishment=establishment, day=day, kinds=kinds)
    if standing is not None:
        return _Counted(standing.by_row(), standing.is_behind, standing.edition)
    counted = houses_figures(establishments=[establishment.pk], day=day).get(establishment.pk, {})
    return _Counted(counted, is_behind=day >= timezone.localdate())


def _coverage(counted: _Counted, day: dt.date, headcounts: _Headcounts | None = None) -> Coverage:
    declared = headcounts.by_role if headcounts is not None else {}
    names = names_at(counted.edition)
    family_of_role = names.family_of_role
    table = coverage_table(
        figures=counted.figures,
        declared=headcounts.by_cell(day, family_of_role) if headcounts is not None else {},
        family_of_role=family_of_role,
    )
    known = present(counted.figures, "role")
    named = {*known, *(role for role, people in declared.items() if people)}
    departments = present(counted.figures, "department")
    return Coverage(
        table=table,
        day=day,
        computed_at=timezone.now(),
        trainables=names.of(table.trainables),
        roles=[role for role in names.roles if role.pk in named],
        departments=_departments(set(departments)) if departments else [],
        has_people=(TOTAL, PRESENT) in counted.figures,
        gap=_gap(known, declared) if headcounts is not None else None,
        is_behind=counted.is_behind,
    )


def _gap(known: Mapping[int, int], headcounts: dict[int, int]) -> Gap:
    return Gap(
        known=sum(known.values()),
        declared=sum(headcounts.values()) if headcounts else None,
        missing=sum(max(0, number - known.get(role, 0)) for role, number in headcounts.items()),
        undeclared_roles=len(known.keys() - headcounts.keys()),
    )


def _departments(ids: set[int | None]) -> list[Department | None]:
    # Through the establishments' few hundred departments, never one query a row.
    found: list[Department | None] = list(
        Department.objects.filter(pk__in=[pk for pk in ids if pk is not None]).order_by(
            "name", "pk"
        )
    )
    return [*found, None] if None in ids else found
