"""Appointments, moves and what is said of people, through the services; every figure by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from organisation.services import (
    AppointmentCorrection,
    appointment_end,
    appointment_move,
    appointments_correct,
    appointments_withdraw,
    establishment_save,
    establishments_merge,
    headcount_declare,
    people_merge,
)
from reporting.counting import Cell
from reporting.enums import PlaceKind
from reporting.ledger.services import ledger_fold
from reporting.models import CoverageSnapshot
from reporting.services import snapshots_freeze
from tests.organisation.factories import AccountFactory, PersonFactory, RegionFactory
from training.services import requirement_create

from .conftest import YEAR, Case

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ONE_COVERED = Cell(expected=1, covered=1)
NOBODY = Cell()


@pytest.fixture(autouse=True)
def asked(case: Case) -> None:
    """Of everybody in the nation from the first of the year, due in 90 days: on 1 April."""
    requirement_create(trainable=case.module, starts_on=YEAR)


def test_two_roles_in_a_house_are_one_person_in_its_total(case: Case) -> None:
    person = case.works().person
    case.works(person, role=case.porter)
    case.completes(person, "2026-02-01T10:00:00Z")
    for row in (("role", case.nurse.pk), ("role", case.porter.pk)):
        assert case.at("2026-03-01", row) == ONE_COVERED
    assert case.at("2026-03-01") == ONE_COVERED


def test_two_wards_and_one_person(case: Case) -> None:
    person = case.works(department=case.wards[0]).person
    case.works(person, department=case.wards[1])
    case.works(department=case.wards[1])
    case.completes(person, "2026-02-01T10:00:00Z")
    # Ward A: she; ward B: she and one more; together two people and not three.
    assert case.in_wards("2026-03-01") == [
        ONE_COVERED,
        Cell(expected=2, covered=1),
        Cell(expected=2, covered=1),
    ]


def test_two_houses_count_her_each(case: Case) -> None:
    person = case.works().person
    case.works(person, establishment=case.other)
    case.completes(person, "2026-02-01T10:00:00Z")
    assert case.at("2026-03-01") == case.at("2026-03-01", house=case.other) == ONE_COVERED


def test_a_completion_goes_along_to_another_house_and_another_role(case: Case) -> None:
    first = case.works()
    case.completes(first.person, "2026-02-01T10:00:00Z")
    second = appointment_move(
        appointment=first, on=dt.date(2026, 4, 1), establishment=case.other, role=case.porter
    )
    appointment_move(appointment=second, on=dt.date(2026, 6, 1), role=case.nurse)
    for day, here, there in (
        ("2026-03-31", ONE_COVERED, NOBODY),
        ("2026-04-01", NOBODY, ONE_COVERED),
        ("2026-06-01", NOBODY, ONE_COVERED),
    ):
        assert (case.at(day), case.at(day, house=case.other)) == (here, there)
    assert case.at("2026-05-31", ("role", case.porter.pk), house=case.other) == ONE_COVERED
    assert case.at("2026-06-01", ("role", case.porter.pk), house=case.other) == NOBODY
    assert case.at("2026-06-01", ("role", case.nurse.pk), house=case.other) == ONE_COVERED


def test_who_moves_has_a_delay_of_her_own_again(case: Case) -> None:
    """Late since 1 April where she was; 90 days from 1 May where she is: 30 July."""
    first = case.works()
    appointment_move(appointment=first, on=dt.date(2026, 5, 1), establishment=case.other)
    assert case.at("2026-04-30") == Cell(expected=1, overdue=1)
    assert case.at("2026-07-29", house=case.other) == Cell(expected=1)
    assert case.at("2026-07-30", house=case.other) == Cell(expected=1, overdue=1)


def test_an_end_a_correction_and_an_undoing(case: Case) -> None:
    ended, corrected, undone = (case.works() for _ in range(3))
    assert case.at("2026-03-01") == Cell(expected=3)
    appointment_end(appointment=ended, ends_on=dt.date(2026, 3, 1))
    assert (case.at("2026-02-28").expected, case.at("2026-03-01").expected) == (3, 2)
    appointments_correct(
        corrections=[AppointmentCorrection(corrected.pk, dt.date(2026, 3, 2), None, None)]
    )
    # Three until the second of March of whom one is not there yet; then two again.
    assert [case.at(f"2026-0{day}").expected for day in ("2-28", "3-01", "3-02")] == [2, 1, 2]
    appointments_withdraw(pks=[undone.pk])
    assert [case.at(f"2026-0{day}").expected for day in ("2-28", "3-01", "3-02")] == [1, 0, 1]


def test_headcounts_above_and_below_who_is_known(case: Case) -> None:
    for _ in range(3):
        case.works()
    case.works(role=case.porter)
    headcount_declare(establishment=case.house, role=case.nurse, as_of=YEAR, people=5)
    headcount_declare(establishment=case.house, role=case.porter, as_of=YEAR, people=0)
    # Nurses: 3 known of 5, so 2 unknown; porters: 1 known of 0, which hides none of these.
    assert case.at("2026-03-01") == Cell(expected=4, declared=5, unknown=2)
    headcount_declare(establishment=case.house, role=case.nurse, as_of=YEAR, people=2)
    assert case.at("2026-03-01") == Cell(expected=4, declared=2, unknown=0)


def test_a_merger_takes_people_their_evidence_and_headcounts_along(case: Case) -> None:
    person = case.works().person
    case.completes(person, "2026-02-01T10:00:00Z")
    case.works(establishment=case.other)
    for house, people in ((case.house, 4), (case.other, 1)):
        headcount_declare(establishment=house, role=case.nurse, as_of=YEAR, people=people)
    establishments_merge(targets={case.house.pk: case.other.pk}, on=dt.date(2026, 6, 1))
    case.house.refresh_from_db()
    # Also of the days before: what is one house now is counted as one.
    for day, late in (("2026-03-01", 0), ("2026-06-01", 1)):
        assert case.at(day) == NOBODY
        assert case.at(day, house=case.other) == Cell(
            expected=2, covered=1, overdue=late, declared=5, unknown=3
        )


def test_a_house_of_another_region_is_asked_what_that_region_asks(case: Case) -> None:
    case.works()
    far = RegionFactory(code="11")
    other = type(case.module).objects.create(title="Autre")
    requirement_create(trainable=other, starts_on=YEAR, place=far)
    assert not case.at("2026-03-01", column=other.pk).is_required
    establishment_save(establishment=case.house, values={"region": far}, actor=None)
    assert case.at("2026-03-01", column=other.pk) == Cell(expected=1)


def test_somebody_new_with_no_account_counts_like_all(case: Case) -> None:
    case.works(PersonFactory(with_account=True))
    case.works()
    assert case.at("2026-03-01") == Cell(expected=2)


class TestOnePersonAfterAll:
    """Two rows turn out to be one person: she counts once, with what both learnt, at every date."""

    def merge(self, case: Case, kept: Any, gone: Any) -> None:
        case.stands(case.house, case.other)
        while ledger_fold():  # nothing waits: what stands ready has to learn of it from the merge
            pass
        people_merge(kept=kept, gone=gone, actor=AccountFactory(), now=timezone.now())

    def test_in_one_house_she_counts_once(self, case: Case) -> None:
        kept = case.works(department=case.wards[0]).person
        gone = case.works(department=case.wards[1], role=case.porter).person
        case.works(department=case.wards[1])
        case.completes(gone, "2026-02-01T10:00:00Z")
        assert case.at("2026-03-01") == Cell(expected=3, covered=1)
        self.merge(case, kept, gone)
        # Ward A: she, trained; ward B: she and one who is not; together two people.
        assert case.in_wards("2026-03-01") == [
            ONE_COVERED,
            Cell(expected=2, covered=1),
            Cell(expected=2, covered=1),
        ]
        # A nurse in A and a porter in B: one in each row, and one of the two of the total.
        assert case.at("2026-03-01", ("role", case.nurse.pk)) == Cell(expected=2, covered=1)
        assert case.at("2026-03-01", ("role", case.porter.pk)) == ONE_COVERED
        # Late since the first of April is who is not trained; she is none of them.
        assert case.at("2026-04-01") == Cell(expected=2, covered=1, overdue=1)

    def test_what_she_learnt_as_the_one_covers_her_as_the_other(self, case: Case) -> None:
        """One in each of two houses, trained in the first: covered in both by then."""
        gone = case.works().person
        kept = case.works(establishment=case.other).person
        case.completes(gone, "2026-02-01T10:00:00Z")
        assert case.at("2026-03-01", house=case.other) == Cell(expected=1)
        self.merge(case, kept, gone)
        assert case.at("2026-03-01") == case.at("2026-03-01", house=case.other) == ONE_COVERED
        # Before she was trained she was not, here and there.
        assert case.at("2026-01-31") == case.at("2026-01-31", house=case.other) == Cell(expected=1)

    def test_in_a_region_and_the_nation_she_is_one(self, case: Case) -> None:
        """Two houses of Brittany with one row of hers each, and somebody else in the first."""
        gone = case.works().person
        kept = case.works(establishment=case.other).person
        case.works()
        case.completes(kept, "2026-02-01T10:00:00Z")
        self.merge(case, kept, gone)
        month = snapshots_freeze(month_end=dt.date(2026, 2, 28))
        for kind in (PlaceKind.REGION, PlaceKind.NATION):
            total = CoverageSnapshot.objects.get(
                month=month, kind=kind, role_family=None, trainable=None
            )
            assert (total.expected, total.covered) == (2, 1), kind

    def test_two_validations_of_different_ages(self, case: Case) -> None:
        """Valid for six months here: February's until August, May's until November."""
        requirement_create(
            trainable=case.module, starts_on=YEAR, place=case.house, validity_months=6
        )
        gone, kept = case.works().person, case.works().person
        case.completes(gone, "2026-02-01T10:00:00Z")
        said = case.completes(kept, "2026-05-01T10:00:00Z")
        self.merge(case, kept, gone)
        for day, covered in (
            ("2026-01-31", 0), ("2026-02-01", 1), ("2026-04-30", 1), ("2026-05-01", 1),
            ("2026-08-01", 1), ("2026-10-31", 1), ("2026-11-01", 0),
        ):  # fmt: skip
            found = case.at(day)
            assert (found.expected, found.covered) == (1, covered), day
        case.voids(said)
        assert (case.at("2026-07-31").covered, case.at("2026-08-01").covered) == (1, 0)

    def test_one_appointment_that_both_had_is_one_and_her_delay_begins_with_the_first(
        self, case: Case
    ) -> None:
        """As one since January, as the other since March, in one role: late from the first of April
        on, 90 days after January's and not after March's."""
        gone = case.works(starts_on=YEAR, ends_on=dt.date(2026, 5, 1)).person
        kept = case.works(starts_on=dt.date(2026, 3, 1)).person
        assert case.at("2026-04-01") == Cell(expected=2, overdue=1)
        self.merge(case, kept, gone)
        assert case.at("2026-02-28") == Cell(expected=1)
        assert case.at("2026-04-01") == case.at("2026-05-01") == Cell(expected=1, overdue=1)

    def test_a_late_statement_under_the_old_uid_with_an_old_timestamp(self, case: Case) -> None:
        kept, gone = case.works().person, case.works(establishment=case.other).person
        old = gone.uid
        self.merge(case, kept, gone)
        ghost = PersonFactory.build(uid=old)
        case.completes(ghost, "2026-02-01T10:00:00Z")
        assert case.at("2026-02-01") == case.at("2026-02-01", house=case.other) == ONE_COVERED
        assert case.at("2026-01-31").covered == 0
