"""What a person has to take, computed by hand."""

import datetime as dt

import pytest
from django.utils import timezone

from organisation.models import StaffRole
from organisation.services import establishments_merge
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    PersonFactory,
)
from training.models import Completion, Trainable
from training.selectors import ObligationState, obligations_for_person
from training.services import requirement_create

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 1)


def complete(person: object, trainable: Trainable, day: dt.date) -> None:
    at = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    Completion.objects.create(
        person=person,
        trainable=trainable,
        completed_at=at,
        statement_id=f"00000000-0000-4000-8000-{Completion.objects.count():012d}",
    )


def test_no_requirement_asks_nothing() -> None:
    appointment = AppointmentFactory(starts_on=dt.date(2025, 1, 1))
    assert obligations_for_person(person=appointment.person, day=DAY) == []


def test_due_from_the_later_of_requirement_and_appointment() -> None:
    appointment = AppointmentFactory(starts_on=dt.date(2026, 5, 1))
    trainable = Trainable.objects.create(title="Hameçonnage")
    requirement_create(trainable=trainable, starts_on=dt.date(2026, 1, 1), due_days=90)
    (obligation,) = obligations_for_person(person=appointment.person, day=DAY)
    assert obligation.due_on == dt.date(2026, 7, 30)
    assert obligation.state == ObligationState.DUE


def test_late_on_the_due_day_itself() -> None:
    appointment = AppointmentFactory(starts_on=dt.date(2020, 1, 1))
    trainable = Trainable.objects.create(title="Hameçonnage")
    requirement_create(trainable=trainable, starts_on=dt.date(2026, 5, 2), due_days=30)
    states = [
        obligations_for_person(person=appointment.person, day=day)[0].state
        for day in (dt.date(2026, 5, 31), dt.date(2026, 6, 1))
    ]
    assert states == [ObligationState.DUE, ObligationState.LATE]


def test_done_until_the_strictest_requirement_runs_out() -> None:
    appointment = AppointmentFactory(starts_on=dt.date(2020, 1, 1))
    trainable = Trainable.objects.create(title="Hameçonnage")
    for months in (24, 12):
        requirement_create(
            trainable=trainable,
            starts_on=dt.date(2024, 1, 1),
            validity_months=months,
            place=appointment.establishment if months == 12 else None,
        )
    complete(appointment.person, trainable, dt.date(2025, 6, 2))
    done = obligations_for_person(person=appointment.person, day=DAY)[0]
    assert (done.state, done.valid_until) == (ObligationState.DONE, dt.date(2026, 6, 2))
    late = obligations_for_person(person=appointment.person, day=dt.date(2026, 6, 2))[0]
    assert (late.state, late.due_on) == (ObligationState.LATE, dt.date(2026, 6, 2))


def test_roles_and_families_and_scopes_decide() -> None:
    nurse = StaffRole.objects.get(code="infirmier")
    clerk = StaffRole.objects.get(code="agent-administratif")
    ward = DepartmentFactory()
    here = AppointmentFactory(
        establishment=ward.establishment,
        department=ward,
        role=nurse,
        starts_on=dt.date(2020, 1, 1),
    )
    elsewhere = EstablishmentFactory()
    wanted = {
        "role": {"roles": [nurse]},
        "family": {"role_families": [nurse.family]},
        "ward": {"place": ward},
        "region": {"place": ward.establishment.region},
    }
    unwanted = {
        "other role": {"roles": [clerk]},
        "other family": {"role_families": [clerk.family]},
        "other hospital": {"place": elsewhere},
        "other ward": {"place": DepartmentFactory(establishment=ward.establishment)},
        "ended": {"ends_on": DAY},
    }
    for title, fields in (wanted | unwanted).items():
        trainable = Trainable.objects.create(title=title)
        requirement_create(trainable=trainable, starts_on=dt.date(2024, 1, 1), **fields)
    found = {one.trainable.title for one in obligations_for_person(person=here.person, day=DAY)}
    assert found == set(wanted)


def test_an_ended_appointment_asks_nothing_from_its_last_day_on() -> None:
    appointment = AppointmentFactory(starts_on=dt.date(2020, 1, 1), ends_on=DAY)
    requirement_create(
        trainable=Trainable.objects.create(title="Hameçonnage"), starts_on=dt.date(2024, 1, 1)
    )
    assert obligations_for_person(person=appointment.person, day=DAY) == []
    assert obligations_for_person(person=appointment.person, day=DAY - dt.timedelta(1))


def test_queries_do_not_grow_with_the_data(django_assert_num_queries: object) -> None:
    person = PersonFactory()

    def more() -> None:
        for _ in range(3):
            AppointmentFactory(person=person, starts_on=dt.date(2020, 1, 1))
            trainable = Trainable.objects.create(title="Encore")
            requirement_create(trainable=trainable, starts_on=dt.date(2024, 1, 1))
            complete(person, trainable, dt.date(2026, 1, 1))

    more()
    with django_assert_num_queries(5):  # type: ignore[operator]
        obligations_for_person(person=person, day=DAY)
    more()
    with django_assert_num_queries(5):  # type: ignore[operator]
        obligations_for_person(person=person, day=DAY)


def test_a_requirement_goes_with_its_establishment_into_another() -> None:
    small, large = EstablishmentFactory(), EstablishmentFactory()
    trainable = Trainable.objects.create(title="Hameçonnage")
    theirs = requirement_create(trainable=trainable, starts_on=dt.date(2024, 1, 1), place=small)
    other = requirement_create(
        trainable=trainable, starts_on=dt.date(2024, 1, 1), place=EstablishmentFactory()
    )
    place = other.establishment
    establishments_merge(targets={small.pk: large.pk}, on=DAY)
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.establishment, other.establishment) == (large, place)
