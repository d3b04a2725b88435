"""The night's count: it finds what is wrong, tells the operators, and has it counted anew."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from organisation.models import Establishment
from reporting.ledger.models import LedgerCell, LedgerHouse, LedgerState
from reporting.ledger.operators import operators_may_follow_figures
from reporting.ledger.proving import ledger_prove
from reporting.ledger.running import ledger_run
from reporting.models import CoverageMonth
from reporting.selectors import batches
from reporting.selectors.coverage import coverage_of_establishment
from reporting.tasks import ledger_night
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from users.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/admin/couverture/chiffres/"


@pytest.fixture
def house() -> Establishment:
    house = EstablishmentFactory(name="CH du Registre")
    module = TrainableFactory()
    RequirementFactory(trainable=module, validity_months=12)
    for number in range(4):
        person = AppointmentFactory(establishment=house, starts_on=dt.date(2025, 1, 1)).person
        if number < 3:
            completed(person, module, timezone.localdate() - dt.timedelta(days=30))
    assert ledger_run()
    return house


@pytest.fixture
def operator(db: None) -> Client:
    operators_may_follow_figures()
    user = User.objects.create_user(email="exploitation@essai.test", password="x")
    user.groups.add(Group.objects.get(name="Exploitation"))
    client = Client()
    client.force_login(user)
    return client


def spoil(house: Establishment) -> None:
    LedgerCell.objects.filter(house=house.pk, covered=3).update(covered=2)


def covered_in(house: Establishment) -> int:
    coverage = coverage_of_establishment(establishment=house, day=timezone.localdate())
    return coverage.table.total.covered


def test_what_stands_is_proved(house: Establishment) -> None:
    assert ledger_prove(day=timezone.localdate()) == 0
    state = LedgerState.objects.get(pk=1)
    assert (state.proved_houses, state.differences) == (1, [])


def test_a_difference_is_found_told_and_counted_anew(
    house: Establishment, operator: Client
) -> None:
    spoil(house)
    assert covered_in(house) == 2
    assert ledger_prove(day=timezone.localdate()) == 1
    content = operator.get(PAGE).content.decode()
    assert "CH du Registre" in content
    assert "Écarts trouvés" in content
    assert "Voir les écarts" in operator.get("/admin/").content.decode()
    # Stale from now on: readers get counted people, and the next run mends the ledger.
    assert covered_in(house) == 3
    assert not LedgerHouse.objects.standing().exists()
    assert ledger_run()
    assert ledger_prove(day=timezone.localdate()) == 0
    assert "aucun écart" in operator.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_batches_that_are_counted_at_once_are_all_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the night does it, outside of a transaction: on PostgreSQL by several connections."""
    monkeypatch.setattr(batches, "BATCH", 1)
    module = TrainableFactory()
    RequirementFactory(trainable=module)
    houses = EstablishmentFactory.create_batch(5)
    for number, house in enumerate(houses, start=1):
        for one in AppointmentFactory.create_batch(number, establishment=house):
            completed(one.person, module, dt.date(2025, 3, 1))
    assert ledger_run()
    assert ledger_prove(day=timezone.localdate()) == 0
    LedgerCell.objects.filter(house__in=[houses[1].pk, houses[4].pk]).update(covered=1)
    assert ledger_prove(day=timezone.localdate()) == 2
    assert LedgerHouse.objects.standing().count() == 3


def test_the_command_fails_if_something_differs(house: Establishment) -> None:
    call_command("prove_coverage")
    spoil(house)
    with pytest.raises(CommandError, match="CH du Registre"):
        call_command("prove_coverage")
    call_command("prove_coverage")


def test_others_do_not_see_the_page(client: Client) -> None:
    client.force_login(User.objects.create_user(email="personne@essai.test", password="x"))
    assert client.get(PAGE).status_code in (302, 403)


def test_the_night_freezes_the_month_that_is_over(house: Establishment) -> None:
    for _night in range(2):
        ledger_night.func()
    (month,) = CoverageMonth.objects.all()
    assert month.ends_on == timezone.localdate().replace(day=1) - dt.timedelta(days=1)
    assert LedgerState.objects.get(pk=1).proved_houses == 1
