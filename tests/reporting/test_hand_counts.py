"""Figures computed by hand, over rows of the real database."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.enums import ScopeKind
from organisation.models import Establishment, StaffRole
from reporting.counting import ALL, Cell
from reporting.counting.matrix import TOTAL
from reporting.selectors.coverage import (
    coverage_by_department,
    coverage_of_department,
    coverage_of_establishment,
)
from reporting.selectors.missing import missing_in_department, missing_in_establishment
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    HeadcountFactory,
    PersonFactory,
    RegionFactory,
    StaffRoleFactory,
)
from training.models import Trainable

from .factories import PARIS, CompletionFactory, RequirementFactory, TrainableFactory, completed

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JUNE = dt.date(2026, 6, 1)


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory()


@pytest.fixture
def nurse() -> StaffRole:
    return StaffRoleFactory()


@pytest.fixture
def porter() -> StaffRole:
    return StaffRoleFactory(code="brancardier")


@pytest.fixture
def module() -> Trainable:
    return TrainableFactory()


def count(house: Establishment, day: dt.date, row=TOTAL, column: int = ALL) -> Cell:
    return coverage_of_establishment(establishment=house, day=day).table.cell(row, column)


def test_expected_covered_and_overdue(house, nurse, module) -> None:
    RequirementFactory(trainable=module, due_days=90)  # due on 2026-04-01
    done, late = AppointmentFactory.create_batch(2, establishment=house, role=nurse)
    AppointmentFactory(establishment=house, role=nurse, starts_on=dt.date(2026, 5, 1))
    completed(done.person, module, dt.date(2026, 2, 1))
    cell = count(house, JUNE, ("role", nurse.pk), module.pk)
    assert cell == Cell(expected=3, covered=1, overdue=1)
    assert cell.percent == 33
    (first, second) = missing_in_establishment(establishment=house, day=JUNE)
    assert (first.name, first.is_overdue, first.since) == (
        str(late.person),
        True,
        dt.date(2026, 4, 1),
    )
    assert (second.is_overdue, second.due_on) == (False, dt.date(2026, 7, 30))


def test_a_delay_runs_out_on_its_very_day(house, nurse, module) -> None:
    RequirementFactory(trainable=module, due_days=90)
    AppointmentFactory(establishment=house, role=nurse)
    assert count(house, dt.date(2026, 3, 31)).overdue == 0
    assert count(house, dt.date(2026, 4, 1)).overdue == 1


def test_two_appointments_count_once_in_each_cell_and_once_in_each_total(
    house, nurse, porter, module
) -> None:
    RequirementFactory(trainable=module)
    person = PersonFactory()
    for role in (nurse, porter):
        for department in DepartmentFactory.create_batch(2, establishment=house):
            AppointmentFactory(person=person, establishment=house, role=role, department=department)
    AppointmentFactory(person=person)  # somewhere else altogether
    completed(person, module, dt.date(2026, 2, 1))
    table = coverage_of_establishment(establishment=house, day=JUNE).table
    one = Cell(expected=1, covered=1)
    assert table.cell(("role", nurse.pk), module.pk) == one
    assert table.cell(("role", porter.pk), module.pk) == one
    assert table.cell(TOTAL, module.pk) == one
    assert table.total == one
    departments = coverage_by_department(establishment=house, day=JUNE)
    assert len(departments.departments) == 4
    assert departments.table.total == one


def test_the_completion_goes_with_the_person_who_moves(house, nurse, porter, module) -> None:
    RequirementFactory(trainable=module)
    elsewhere = EstablishmentFactory()
    moved = dt.date(2026, 4, 1)
    person = PersonFactory()
    AppointmentFactory(person=person, establishment=elsewhere, role=nurse, ends_on=moved)
    AppointmentFactory(person=person, establishment=house, role=porter, starts_on=moved)
    completed(person, module, dt.date(2026, 2, 1))
    day_before = dt.date(2026, 3, 31)
    assert count(elsewhere, day_before) == Cell(expected=1, covered=1)
    assert count(house, day_before) == Cell()
    assert count(elsewhere, moved) == Cell()
    assert count(house, moved, ("role", porter.pk)) == Cell(expected=1, covered=1)


def test_an_appointment_that_ends_today_counts_no_more(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    AppointmentFactory(establishment=house, role=nurse, ends_on=JUNE)
    assert count(house, JUNE - dt.timedelta(days=1)).expected == 1
    assert not count(house, JUNE).is_required


def test_people_without_account_count_like_everybody(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    without = AppointmentFactory(establishment=house, role=nurse)
    AppointmentFactory(establishment=house, role=nurse, person__with_account=True)
    assert without.person.user is None
    assert count(house, JUNE) == Cell(expected=2, overdue=2)


def test_a_requirement_holds_from_its_first_day_until_before_its_last(house, nurse, module) -> None:
    RequirementFactory(trainable=module, starts_on=dt.date(2026, 5, 1), ends_on=JUNE, due_days=10)
    AppointmentFactory(establishment=house, role=nurse)
    assert not count(house, dt.date(2026, 4, 30)).is_required
    assert count(house, dt.date(2026, 5, 1)) == Cell(expected=1)
    assert count(house, dt.date(2026, 5, 11)) == Cell(expected=1, overdue=1)
    assert not count(house, JUNE).is_required


def test_validity_ends_on_the_very_day(house, nurse, module) -> None:
    RequirementFactory(trainable=module, validity_months=6, due_days=10)
    person = AppointmentFactory(establishment=house, role=nurse).person
    completed(person, module, dt.date(2026, 2, 10))
    assert count(house, dt.date(2026, 2, 9)).covered == 0
    assert count(house, dt.date(2026, 2, 10)).covered == 1
    assert count(house, dt.date(2026, 8, 9)).covered == 1
    assert count(house, dt.date(2026, 8, 10)) == Cell(expected=1, overdue=1)
    (row,) = missing_in_establishment(establishment=house, day=dt.date(2026, 9, 1))
    assert (row.last_completed_on, row.expired_on, row.since) == (
        dt.date(2026, 2, 10),
        dt.date(2026, 8, 10),
        dt.date(2026, 8, 10),
    )


def test_months_end_where_the_month_does(house, nurse, module) -> None:
    RequirementFactory(trainable=module, validity_months=1)
    person = AppointmentFactory(establishment=house, role=nurse).person
    completed(person, module, dt.date(2026, 1, 31))
    assert count(house, dt.date(2026, 2, 27)).covered == 1
    assert count(house, dt.date(2026, 2, 28)).covered == 0


def test_the_day_of_a_completion_is_that_of_paris(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    person = AppointmentFactory(establishment=house, role=nurse).person
    late_in_the_evening = dt.datetime(2026, 6, 1, 0, 30, tzinfo=PARIS)  # 22:30 UTC the day before
    CompletionFactory(person=person, trainable=module, completed_at=late_in_the_evening)
    assert count(house, dt.date(2026, 5, 31)).covered == 0
    assert count(house, JUNE).covered == 1


def test_the_shortest_validity_of_all_that_reach_a_person_rules(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    RequirementFactory(
        trainable=module,
        scope=ScopeKind.ESTABLISHMENT,
        establishment=house,
        validity_months=2,
        roles=[nurse],
    )
    person = AppointmentFactory(establishment=house, role=nurse).person
    elsewhere = AppointmentFactory(person=person).establishment
    completed(person, module, dt.date(2026, 2, 1))
    assert count(house, JUNE).covered == 0
    assert count(elsewhere, JUNE).covered == 1


def test_a_headcount_above_the_roster_is_the_denominator(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    people = AppointmentFactory.create_batch(4, establishment=house, role=nurse)
    HeadcountFactory(establishment=house, role=nurse, people=10)
    completed(people[0].person, module, dt.date(2026, 2, 1))
    cell = count(house, JUNE, ("role", nurse.pk), module.pk)
    assert cell == Cell(expected=4, covered=1, overdue=3, declared=10, unknown=6)
    assert (cell.people, cell.percent) == (10, 10)


def test_a_headcount_below_the_roster_changes_nothing(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    AppointmentFactory.create_batch(4, establishment=house, role=nurse)
    HeadcountFactory(establishment=house, role=nurse, people=3)
    cell = count(house, JUNE, ("role", nurse.pk), module.pk)
    assert (cell.people, cell.declared, cell.unknown) == (4, 3, 0)


def test_a_surplus_in_one_role_hides_no_gap_in_another(house, nurse, porter, module) -> None:
    RequirementFactory(trainable=module)
    AppointmentFactory.create_batch(4, establishment=house, role=nurse)
    AppointmentFactory.create_batch(5, establishment=house, role=porter)
    HeadcountFactory(establishment=house, role=nurse, people=7)
    HeadcountFactory(establishment=house, role=porter, people=2)
    assert count(house, JUNE) == Cell(expected=9, overdue=9, declared=9, unknown=3)


def test_the_latest_headcount_up_to_the_day_counts(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    HeadcountFactory(establishment=house, role=nurse, people=10)
    HeadcountFactory(establishment=house, role=nurse, people=20, as_of=JUNE)
    HeadcountFactory(establishment=house, role=nurse, people=99, as_of=dt.date(2026, 12, 1))
    assert count(house, JUNE - dt.timedelta(days=1)).unknown == 10
    assert count(house, JUNE).unknown == 20


def test_headcounts_leave_departments_and_requirements_of_one_department_alone(
    house, nurse, module
) -> None:
    ward = DepartmentFactory(establishment=house)
    RequirementFactory(trainable=module, scope=ScopeKind.DEPARTMENT, department=ward)
    AppointmentFactory(establishment=house, role=nurse, department=ward)
    AppointmentFactory(establishment=house, role=nurse)
    HeadcountFactory(establishment=house, role=nurse, people=50)
    assert count(house, JUNE) == Cell(expected=1, overdue=1)
    assert coverage_of_department(department=ward, day=JUNE).table.total.declared is None


def test_a_department_counts_its_own_people_only(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    ward, other = DepartmentFactory.create_batch(2, establishment=house)
    mine = AppointmentFactory(establishment=house, role=nurse, department=ward)
    AppointmentFactory(establishment=house, role=nurse, department=other)
    HeadcountFactory(establishment=house, role=nurse, people=50)
    assert coverage_of_department(department=ward, day=JUNE).table.total == Cell(
        expected=1, overdue=1
    )
    (row,) = missing_in_department(department=ward, day=JUNE)
    assert (row.name, row.departments) == (str(mine.person), ward.name)


def test_what_nobody_asks_is_not_required(house, nurse, porter, module) -> None:
    RequirementFactory(trainable=module, roles=[nurse])
    AppointmentFactory(establishment=house, role=nurse)
    AppointmentFactory(establishment=house, role=porter)
    table = coverage_of_establishment(establishment=house, day=JUNE).table
    assert not table.cell(("role", porter.pk), module.pk).is_required
    assert table.cell(("role", porter.pk), module.pk).percent is None
    assert table.cell(("role", nurse.pk), module.pk).is_required


def test_a_requirement_of_a_family_reaches_its_roles(house, nurse, module) -> None:
    RequirementFactory(trainable=module, role_families=[nurse.family])
    AppointmentFactory(establishment=house, role=nurse)
    outside = StaffRoleFactory(code="secretaire-essai", family__code="administrative")
    AppointmentFactory(establishment=house, role=outside)
    assert count(house, JUNE).expected == 1


def test_a_requirement_of_a_region_stays_in_it(house, nurse, module) -> None:
    RequirementFactory(trainable=module, scope=ScopeKind.REGION, region=house.region)
    far = EstablishmentFactory(region=RegionFactory(code="11"))
    for place in (house, far):
        AppointmentFactory(establishment=place, role=nurse)
    assert count(house, JUNE).is_required
    assert not count(far, JUNE).is_required


def test_over_all_modules_a_person_is_covered_when_covered_in_each(house, nurse) -> None:
    first, second = TrainableFactory.create_batch(2)
    for module in (first, second):
        RequirementFactory(trainable=module)
    both, one = (a.person for a in AppointmentFactory.create_batch(2, establishment=house))
    for module in (first, second):
        completed(both, module, dt.date(2026, 2, 1))
    completed(one, first, dt.date(2026, 2, 1))
    table = coverage_of_establishment(establishment=house, day=JUNE).table
    assert table.cell(TOTAL, first.pk).covered == 2
    assert table.total == Cell(expected=2, covered=1, overdue=1)


def test_what_is_in_a_closed_establishment_counts_nowhere(house, nurse, module) -> None:
    RequirementFactory(trainable=module)
    AppointmentFactory(establishment=house, role=nurse)
    house.closed_on = JUNE
    house.save()
    assert count(house, JUNE - dt.timedelta(days=1)).expected == 1
    assert not count(house, JUNE).is_required


def test_the_percentage_says_100_only_when_nobody_is_missing() -> None:
    assert Cell(expected=1000, covered=999).percent == 99
    assert Cell(expected=1000, covered=1).percent == 1
    assert Cell(expected=3, covered=3).percent == 100
    assert Cell(expected=560, covered=412, declared=610, unknown=50).percent == 68
