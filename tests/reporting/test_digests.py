"""The weekly digest: whose, which figures, and never a name."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from notifications.models import Delivery, Run
from notifications.services import deliveries_send, run_compose, run_start
from organisation.models import Department, Establishment
from reporting import digests
from reporting.digests import KIND, digests_compose, period_of
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    HeadcountFactory,
    StaffRoleFactory,
)
from tests.support.sober import check_sober
from training.models import Trainable

from .factories import RequirementFactory, TrainableFactory, completed

pytestmark = pytest.mark.django_db

MONDAY = dt.date(2026, 6, 8)
WEEK = "2026-W24"


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory(
        name="CHU d’Essai", security_contact_name="Dominique Le Goff", hotline="02 00 00 00 00"
    )


@pytest.fixture
def trainable() -> Trainable:
    """Due since the spring for all."""
    made = TrainableFactory(title="Hameçonnage")
    RequirementFactory(trainable=made, due_days=90)
    return made


def ward_of(house: Establishment, trainable: Trainable) -> Department:
    """Four people: one completed in the week, one before, one on the Monday after; of the nurses
    ten are declared."""
    ward = DepartmentFactory(establishment=house, name="Urgences")
    nurse = StaffRoleFactory()
    people = [
        AppointmentFactory(establishment=house, department=ward, role=nurse).person
        for _one in range(4)
    ]
    for person, day in zip(
        people, (MONDAY - dt.timedelta(7), dt.date(2026, 5, 1), MONDAY), strict=False
    ):
        completed(person, trainable, day)
    HeadcountFactory(establishment=house, role=nurse, people=10)
    return ward


def sent(period: str = WEEK) -> list[str]:
    """Run a week; the addresses to which something was sent, in order."""
    mail.outbox.clear()
    run = run_compose(run=run_start(kind=KIND, period=period))
    assert run.state != "failed", run.error
    deliveries_send()
    return sorted(message.to[0] for message in mail.outbox)


def body() -> str:
    """The text of the only mail, with ordinary spaces."""
    (message,) = mail.outbox
    return " ".join(str(message.body).split())


def test_near_managers_get_one_and_nobody_else(house: Establishment, trainable: Trainable) -> None:
    ward = ward_of(house, trainable)
    GrantFactory(user__email="rssi@h.test", establishment=house)
    GrantFactory(user__email="cadre@h.test", for_department=True, department=ward)
    GrantFactory(user__email="ars@h.test", for_region=True, region=house.region)
    GrantFactory(user__email="nation@h.test", for_nation=True)
    GrantFactory(user__email="com@h.test", to_communicate=True, establishment=house)
    GrantFactory(user__email="ended@h.test", establishment=house, ends_on=MONDAY)
    GrantFactory(user__email="off@h.test", user__is_active=False, establishment=house)
    assert sent() == ["cadre@h.test", "rssi@h.test"]


def test_figures_of_an_establishment_with_the_unknown(
    house: Establishment, trainable: Trainable
) -> None:
    ward_of(house, trainable)
    GrantFactory(establishment=house)
    sent()
    told = (
        "Hameçonnage : 2 / 10 (20 %), 6 non recensés ; 1 validation dans la semaine ; 2 en retard"
    )
    assert told in body()
    assert "au 7 juin 2026" in body()
    assert "depuis le 1er juin 2026" in body()


def test_figures_of_a_department(house: Establishment, trainable: Trainable) -> None:
    ward = ward_of(house, trainable)
    GrantFactory(for_department=True, department=ward)
    sent()
    told = "Hameçonnage : 2 / 4 (50 %) ; 1 validation dans la semaine ; 2 en retard"
    assert told in body()
    assert "Urgences – CHU d’Essai" in body()
    assert f"/couverture/service/{ward.uid}/" in body()


def test_several_places_go_into_one_mail(house: Establishment, trainable: Trainable) -> None:
    ward = ward_of(house, trainable)
    manager = AccountFactory()
    GrantFactory(user=manager, establishment=house)
    GrantFactory(user=manager, for_department=True, department=ward)
    GrantFactory(user=manager, for_department=True, department=ward)  # twice the same
    sent()
    assert body().count("Hameçonnage :") == 2


def test_a_place_without_anything_required_is_no_reason_to_write(house: Establishment) -> None:
    GrantFactory(establishment=house)
    assert sent() == []
    assert Run.objects.get().counts == {"examined": 1, "empty": 1}


def test_a_week_is_told_once_and_the_next_one_again(
    house: Establishment, trainable: Trainable
) -> None:
    ward_of(house, trainable)
    GrantFactory(user__email="rssi@h.test", establishment=house)
    assert sent() == ["rssi@h.test"]
    assert sent() == []
    Run.objects.all().update(state="composing", cursor="", composed_at=None)
    assert sent() == []
    assert sent("2026-W25") == ["rssi@h.test"]
    assert Delivery.objects.count() == 2


def test_managers_are_gone_through_in_batches(
    house: Establishment, trainable: Trainable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digests, "BATCH", 2)
    ward_of(house, trainable)
    for _one in range(5):
        GrantFactory(establishment=house)
    assert len(sent()) == 5


def test_it_names_nobody_and_does_not_look_like_phishing(
    house: Establishment, trainable: Trainable, settings: Any
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://formation.exemple.fr"
    ward = ward_of(house, trainable)
    GrantFactory(establishment=house)
    sent()
    (message,) = mail.outbox
    (html,) = [str(one) for one, kind in message.alternatives if kind == "text/html"]  # type: ignore[attr-defined]
    told = ["CHU d’Essai", "Dominique Le Goff", "02 00 00 00 00", "Hameçonnage"]
    told += [f"https://formation.exemple.fr/couverture/etablissement/{house.uid}/"]
    check_sober(
        subject=message.subject,
        text=str(message.body),
        html=html,
        host="formation.exemple.fr",
        told=[*told, "taper cette adresse vous-même"],
    )
    for appointment in ward.appointments.select_related("person"):
        assert appointment.person.last_name not in html
    assert "List-Unsubscribe" in message.extra_headers


def test_a_manager_who_is_a_person_has_one_limit(
    house: Establishment, trainable: Trainable
) -> None:
    ward_of(house, trainable)
    manager = AccountFactory()
    person = AppointmentFactory(person__user=manager).person
    GrantFactory(user=manager, establishment=house)
    sent()
    assert Delivery.objects.get().recipient == person.uid


@pytest.mark.parametrize(
    ("day", "period"),
    [
        ("2026-06-07", "2026-W23"),
        ("2026-06-08", WEEK),
        ("2026-06-14", WEEK),
        ("2027-01-03", "2026-W53"),
        ("2027-01-04", "2027-W01"),
    ],
)
def test_weeks_are_those_of_the_calendar(day: str, period: str) -> None:
    assert period_of(dt.date.fromisoformat(day)) == period


def test_queries_do_not_grow_with_managers_and_people(
    house: Establishment, trainable: Trainable, django_assert_max_num_queries: Any
) -> None:
    """Two, and a fixed number for the establishment: its coverage and what is new."""
    run, counts = Run(kind=KIND, period=WEEK), set()
    for _turn in range(2):
        ward_of_many(house, trainable)
        for _one in range(4):
            GrantFactory(establishment=house)
        with django_assert_max_num_queries(16) as captured:
            assert digests_compose(run).messages
        counts.add(len(captured))
    assert len(counts) == 1


def ward_of_many(house: Establishment, trainable: Trainable) -> None:
    for _one in range(6):
        appointment = AppointmentFactory(establishment=house)
        completed(appointment.person, trainable, MONDAY - dt.timedelta(3))


def test_the_command_for_a_timer(
    house: Establishment, trainable: Trainable, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    ward_of(house, trainable)
    GrantFactory(establishment=house)
    wednesday = MONDAY + dt.timedelta(2)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args, **kwargs: wednesday)
    for _turn in range(2):
        call_command("send_digests")
    assert len(mail.outbox) == 1
    assert f"digests {WEEK}: finished; mails: 1 sent" in capsys.readouterr().out
