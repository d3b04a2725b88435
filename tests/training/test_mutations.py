"""Obligations follow people by themselves: nobody recomputes anything when somebody moves."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Person, StaffRole
from organisation.services import appointment_end, appointment_move, appointment_start
from reporting.selectors.coverage import coverage_of_establishment
from tests.organisation.factories import EstablishmentFactory, PersonFactory
from tests.reporting.factories import completed
from training.models import Trainable
from training.selectors import ObligationState, obligations_for_person
from training.services import requirement_create

pytestmark = [pytest.mark.django_db, pytest.mark.database]

ARRIVED = dt.date(2026, 3, 1)
MOVED = dt.date(2026, 6, 1)
LATER = dt.date(2026, 6, 15)


class Work:
    """A hospital that asks nurses for one training and clerks for another."""

    def __init__(self) -> None:
        self.house = EstablishmentFactory()
        self.nurse = StaffRole.objects.get(code="infirmier")
        self.clerk = StaffRole.objects.get(code="agent-administratif")
        self.care, self.office = (
            Trainable.objects.create(title=title) for title in ("Soin", "Bureau")
        )
        start = dt.date(2026, 1, 1)
        requirement_create(
            trainable=self.care,
            starts_on=start,
            place=self.house,
            roles=[self.nurse],
            due_days=30,
            due_on=dt.date(2026, 3, 31),
        )
        requirement_create(
            trainable=self.office,
            starts_on=start,
            place=self.house,
            role_families=[self.clerk.family],
            due_days=30,
        )
        self.person: Person = PersonFactory()
        self.appointment = appointment_start(
            person=self.person, establishment=self.house, role=self.nurse, starts_on=ARRIVED
        )

    def asked(self, day: dt.date) -> dict[str, dt.date]:
        found = obligations_for_person(person=self.person, day=day)
        return {one.trainable.title: one.due_on for one in found}

    def expected(self, trainable: Trainable, day: dt.date) -> int:
        table = coverage_of_establishment(establishment=self.house, day=day).table
        return table.cell(("total", 0), trainable.pk).expected


@pytest.fixture
def work() -> Work:
    return Work()


def test_a_new_appointment_is_asked_from_its_first_day(work: Work) -> None:
    day_before = ARRIVED - dt.timedelta(1)
    assert work.asked(day_before) == {}
    assert work.asked(ARRIVED) == {"Soin": dt.date(2026, 3, 31)}
    assert (work.expected(work.care, day_before), work.expected(work.care, ARRIVED)) == (0, 1)


def test_a_newcomer_after_the_fixed_day_has_her_delay(work: Work) -> None:
    new = PersonFactory()
    appointment_start(person=new, establishment=work.house, role=work.nurse, starts_on=MOVED)
    [obligation] = obligations_for_person(person=new, day=MOVED)
    assert (obligation.due_on, obligation.state) == (dt.date(2026, 7, 1), ObligationState.DUE)


def test_a_changed_role_changes_what_is_asked(work: Work) -> None:
    appointment_move(appointment=work.appointment, on=MOVED, role=work.clerk)
    assert set(work.asked(MOVED - dt.timedelta(1))) == {"Soin"}
    assert work.asked(MOVED) == {"Bureau": dt.date(2026, 7, 1)}
    assert (work.expected(work.care, LATER), work.expected(work.office, LATER)) == (0, 1)


def test_another_hospital_asks_its_own(work: Work) -> None:
    there = EstablishmentFactory()
    requirement_create(
        trainable=work.office, starts_on=dt.date(2026, 1, 1), place=there, due_days=10
    )
    appointment_move(appointment=work.appointment, on=MOVED, establishment=there)
    assert work.asked(LATER) == {"Bureau": dt.date(2026, 6, 11)}


def test_whoever_left_is_asked_nothing(work: Work) -> None:
    appointment_end(appointment=work.appointment, ends_on=MOVED)
    assert work.asked(MOVED) == {}
    assert work.expected(work.care, MOVED) == 0


def test_whoever_comes_back_brings_what_she_completed(work: Work) -> None:
    completed(work.person, work.care, dt.date(2026, 3, 10))
    appointment_end(appointment=work.appointment, ends_on=dt.date(2026, 4, 1))
    appointment_start(
        person=work.person, establishment=work.house, role=work.nurse, starts_on=MOVED
    )
    [obligation] = obligations_for_person(person=work.person, day=LATER)
    assert obligation.state == ObligationState.DONE
