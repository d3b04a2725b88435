"""Declared evidence is counted and shown apart; a retraining ends older evidence. By hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from organisation.models import Establishment
from reporting.counting import ALL, Cell
from reporting.counting.matrix import TOTAL
from reporting.enums import PlaceKind
from reporting.figures import cell_text
from reporting.models import CoverageSnapshot
from reporting.selectors.coverage import coverage_of_establishment
from reporting.selectors.missing import missing_in_establishment
from reporting.services import snapshots_freeze
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory, GrantFactory
from training.enums import Provenance
from training.models import Trainable

from .factories import RequirementFactory, RetrainingFactory, TrainableFactory, completed

pytestmark = [pytest.mark.django_db, pytest.mark.database]

JUNE = dt.date(2026, 6, 1)
FEBRUARY = dt.date(2026, 2, 1)


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory()


@pytest.fixture
def module() -> Trainable:
    trainable = TrainableFactory()
    RequirementFactory(trainable=trainable, validity_months=6)
    return trainable


def count(house: Establishment, day: dt.date, column: int = ALL) -> Cell:
    return coverage_of_establishment(establishment=house, day=day).table.cell(TOTAL, column)


@pytest.mark.parametrize("provenance", [Provenance.TEAM, Provenance.IMPORT])
def test_declared_evidence_counts_and_is_told_apart(house, module, provenance) -> None:
    observed, declared, _missing = (
        one.person for one in AppointmentFactory.create_batch(3, establishment=house)
    )
    completed(observed, module, FEBRUARY)
    completed(declared, module, FEBRUARY, provenance)
    cell = count(house, JUNE)
    assert (cell.covered, cell.by_declaration) == (2, 1)
    assert cell_text(cell).replace("\xa0", " ") == "2 / 3 (67 %), dont 1 déclaré"


def test_one_observed_completion_that_counts_makes_it_observed(house, module) -> None:
    person = AppointmentFactory(establishment=house).person
    completed(person, module, FEBRUARY)
    completed(person, module, dt.date(2026, 5, 1), Provenance.TEAM)
    assert count(house, JUNE) == Cell(expected=1, covered=1)
    # The observed one has run out, the declared one has not.
    assert count(house, dt.date(2026, 8, 1)) == Cell(expected=1, covered=1, by_declaration=1)


def test_over_all_modules_declared_is_declared_in_each(house, module) -> None:
    other = TrainableFactory()
    RequirementFactory(trainable=other)
    mixed, declared = (
        one.person for one in AppointmentFactory.create_batch(2, establishment=house)
    )
    for person in (mixed, declared):
        completed(person, module, FEBRUARY, Provenance.TEAM)
    completed(mixed, other, FEBRUARY)
    completed(declared, other, FEBRUARY, Provenance.IMPORT)
    assert count(house, JUNE, module.pk).by_declaration == 2
    assert count(house, JUNE, other.pk).by_declaration == 1
    assert count(house, JUNE) == Cell(expected=2, covered=2, by_declaration=1)


def test_the_pages_and_files_say_it(client, house, module) -> None:
    completed(AppointmentFactory(establishment=house).person, module, FEBRUARY, Provenance.TEAM)
    client.force_login(GrantFactory(establishment=house).user)
    at = {"date": "2026-06-01"}
    page = client.get(reverse("reporting:establishment", args=[house.uid]), at)
    assert "dont 1 déclaré" in page.content.decode().replace("\xa0", " ")
    file = client.get(reverse("reporting:establishment_file", args=[house.uid, "csv"]), at)
    header, total, *_others = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert header.endswith(";Dont déclarés")
    assert total.endswith(";1")
    late = {"date": "2026-08-02"}
    missing = client.get(reverse("reporting:missing", args=[house.uid]), late).content.decode()
    assert "expirée le 01/08/2026, déclarée" in missing


def test_a_retraining_ends_older_evidence_from_its_day_on(house, module) -> None:
    old, new = (one.person for one in AppointmentFactory.create_batch(2, establishment=house))
    completed(old, module, FEBRUARY)
    completed(new, module, dt.date(2026, 4, 1))
    RetrainingFactory(trainable=module, changed_on=dt.date(2026, 3, 1), required_from=JUNE)
    assert count(house, dt.date(2026, 5, 31)).covered == 2
    assert count(house, JUNE) == Cell(expected=2, covered=1, overdue=1)
    (row,) = missing_in_establishment(establishment=house, day=JUNE)
    assert (row.name, row.expired_on, row.since) == (str(old), JUNE, JUNE)


def test_a_retraining_taken_back_is_as_if_never_asked(house, module) -> None:
    completed(AppointmentFactory(establishment=house).person, module, FEBRUARY)
    RetrainingFactory(trainable=module, withdrawn_on=dt.date(2026, 3, 2))
    assert count(house, JUNE).covered == 1


def test_a_retraining_of_another_module_changes_nothing(house, module) -> None:
    completed(AppointmentFactory(establishment=house).person, module, FEBRUARY)
    RetrainingFactory()
    assert count(house, JUNE).covered == 1


def test_frozen_months_follow_retrainings_and_do_not_tell_declared_apart(house, module) -> None:
    people = [one.person for one in AppointmentFactory.create_batch(6, establishment=house)]
    for person in people:
        completed(person, module, FEBRUARY, Provenance.TEAM)
    RetrainingFactory(trainable=module, required_from=JUNE)
    figures = {}
    for month_end in (dt.date(2026, 5, 31), dt.date(2026, 6, 30)):
        month = snapshots_freeze(month_end=month_end)
        nation = CoverageSnapshot.objects.get(
            month=month, kind=PlaceKind.NATION, role_family=None, trainable=None
        )
        figures[month_end.month] = nation.cell
    assert figures[5] == Cell(expected=6, covered=6)
    assert figures[6] == Cell(expected=6, covered=0, overdue=6)


def test_a_fixed_day_counts_as_the_due_day(house, module) -> None:
    other = TrainableFactory()
    RequirementFactory(trainable=other, due_days=30, due_on=JUNE)
    AppointmentFactory(establishment=house)
    AppointmentFactory(establishment=house, starts_on=dt.date(2026, 5, 20))
    assert count(house, dt.date(2026, 5, 31), other.pk).overdue == 0
    assert count(house, JUNE, other.pk).overdue == 1
    assert count(house, dt.date(2026, 6, 19), other.pk).overdue == 2
