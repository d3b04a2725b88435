"""Months are frozen once, as they stood on their last day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reporting.counting import ALL, Cell
from reporting.counting.dates import month_end
from reporting.enums import PlaceKind
from reporting.models import CoverageMonth, CoverageSnapshot
from reporting.selectors import grid
from reporting.services import MonthNotOverError, snapshots_freeze
from tests.organisation.factories import (
    AppointmentFactory,
    EstablishmentFactory,
    HeadcountFactory,
    PersonFactory,
    RegionFactory,
    StaffRoleFactory,
)

from .factories import RequirementFactory, completed

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MARCH, JUNE = dt.date(2026, 3, 31), dt.date(2026, 6, 30)


def total(month: CoverageMonth, **where) -> Cell:
    return CoverageSnapshot.objects.get(month=month, role_family=None, trainable=None, **where).cell


def test_a_month_is_counted_as_it_stood_on_its_last_day() -> None:
    module = RequirementFactory().trainable
    house = EstablishmentFactory()
    stayed, left = AppointmentFactory.create_batch(2, establishment=house)
    left.ends_on = dt.date(2026, 4, 1)
    left.save()
    AppointmentFactory(establishment=house, starts_on=dt.date(2026, 4, 1))
    completed(left.person, module, MARCH)
    completed(stayed.person, module, dt.date(2026, 4, 1))
    march = snapshots_freeze(month_end=MARCH)
    assert total(march, establishment=house) == Cell(expected=2, covered=1)
    june = snapshots_freeze(month_end=JUNE)
    # The one who came on 1 April has had her 90 days on 30 June.
    assert total(june, establishment=house) == Cell(expected=2, covered=1, overdue=1)


def test_a_frozen_month_never_changes() -> None:
    RequirementFactory()
    house = AppointmentFactory().establishment
    first = snapshots_freeze(month_end=JUNE)
    AppointmentFactory(establishment=house)
    again = snapshots_freeze(month_end=JUNE)
    assert (again.pk, again.computed_at) == (first.pk, first.computed_at)
    assert total(again, establishment=house).expected == 1


@pytest.mark.parametrize("day", [dt.date(2026, 6, 29), dt.date(2026, 7, 1)])
def test_only_the_last_day_of_a_month_is_frozen(day: dt.date) -> None:
    with pytest.raises(MonthNotOverError):
        snapshots_freeze(month_end=day)


def test_a_month_that_is_not_over_is_refused() -> None:
    with pytest.raises(MonthNotOverError):
        snapshots_freeze(month_end=month_end(timezone.localdate()))
    assert not CoverageMonth.objects.exists()


def test_totals_count_somebody_in_two_establishments_once() -> None:
    module = RequirementFactory().trainable
    person = PersonFactory()
    brittany = RegionFactory()
    houses = EstablishmentFactory.create_batch(2, region=brittany)
    far = EstablishmentFactory(region=RegionFactory(code="11"))
    for house in (*houses, far):
        AppointmentFactory(person=person, establishment=house)
    AppointmentFactory.create_batch(5, establishment=houses[0])
    completed(person, module, dt.date(2026, 2, 1))
    month = snapshots_freeze(month_end=JUNE)
    assert total(month, establishment=houses[0]) == Cell(expected=6, covered=1, overdue=5)
    assert total(month, kind=PlaceKind.REGION, region=brittany) == Cell(
        expected=6, covered=1, overdue=5
    )
    assert total(month, kind=PlaceKind.NATION).expected == 6


def test_headcounts_add_up_role_by_role() -> None:
    RequirementFactory()
    porter = StaffRoleFactory(code="brancardier")
    for people in (8, 1):
        house = EstablishmentFactory()
        AppointmentFactory.create_batch(3, establishment=house)
        HeadcountFactory(establishment=house, people=people)
        HeadcountFactory(establishment=house, role=porter, people=4)
    month = snapshots_freeze(month_end=JUNE)
    cell = total(month, kind=PlaceKind.NATION)
    assert cell == Cell(expected=6, overdue=6, declared=17, unknown=13)


def test_silent_establishments_stay_in_the_total() -> None:
    AppointmentFactory()
    HeadcountFactory()
    silent = EstablishmentFactory(family="ehpad")
    EstablishmentFactory(closed=True)
    month = snapshots_freeze(month_end=JUNE)
    assert grid.reach(month=month) == grid.Reach(known=2, total=3)
    assert [e.establishment for e in grid.silent_establishments(month=month)] == [silent]
    assert not grid.silent_establishments(month=month, family="chu").exists()


def test_an_establishment_without_region_counts_for_the_nation() -> None:
    RequirementFactory()
    AppointmentFactory.create_batch(7, establishment=EstablishmentFactory(region=None))
    month = snapshots_freeze(month_end=JUNE)
    assert total(month, kind=PlaceKind.REGION, region=None).expected == 7
    assert total(month, kind=PlaceKind.NATION).expected == 7


def test_hidden_cells_leave_the_selectors_without_figures() -> None:
    RequirementFactory()
    small, big, other = EstablishmentFactory.create_batch(3)
    for house, people in ((small, 3), (big, 30), (other, 12)):
        AppointmentFactory.create_batch(people, establishment=house)
    month = snapshots_freeze(month_end=JUNE)
    rows = grid.establishment_rows(
        month=month, establishments=[small.pk, big.pk, other.pk], details=True
    )
    assert all(cell.is_hidden for cell in rows[small.pk].cells.values())
    assert all(cell.is_hidden for cell in rows[other.pk].cells.values())
    assert rows[big.pk].cell(None, ALL).cell == Cell(expected=30, overdue=30)
    [others] = grid.trend_of_establishment(establishment=small, unmasked=False)
    assert others.cell is not None
    assert others.cell.is_hidden
    [mine] = grid.trend_of_establishment(establishment=small, unmasked=True)
    assert mine.cell is not None
    assert mine.cell.cell == Cell(expected=3, overdue=3)


def test_queries_do_not_grow_with_people(django_assert_num_queries) -> None:
    RequirementFactory()
    houses = EstablishmentFactory.create_batch(3)
    for house in houses:
        AppointmentFactory.create_batch(3, establishment=house)
    snapshots_freeze(month_end=dt.date(2026, 2, 28))  # a month to compare with
    with CaptureQueriesContext(connection) as first:
        snapshots_freeze(month_end=MARCH)
    for house in houses:
        AppointmentFactory.create_batch(6, establishment=house)
    with django_assert_num_queries(len(first)):
        snapshots_freeze(month_end=JUNE)


def test_the_command_freezes_from_a_month_on(capsys) -> None:
    RequirementFactory()
    AppointmentFactory()
    call_command("freeze_snapshots", "--from", "2026-08")
    out = capsys.readouterr().out
    assert "2026-08:" in out
    assert "2026-09:" in out
    call_command("freeze_snapshots", "--month", "2026-02")
    assert CoverageMonth.objects.filter(ends_on=dt.date(2026, 2, 28)).exists()


def test_the_command_refuses_a_month_to_come() -> None:
    with pytest.raises(CommandError):
        call_command("freeze_snapshots", "--month", "2999-01")
    with pytest.raises(CommandError):
        call_command("freeze_snapshots", "--month", "juin")
