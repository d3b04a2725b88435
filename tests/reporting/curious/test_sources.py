"""Whatever a reader of region and nation gets, through every filter and file, is a cell that the
grid shows, with its figures; none says what another source hides."""

from __future__ import annotations

import datetime as dt

import pytest

from organisation.models import Region
from reporting.counting import Cell
from reporting.models import CoverageMonth, CoverageSnapshot
from reporting.services import snapshots_freeze
from tests.organisation.factories import (
    AppointmentFactory,
    EstablishmentFactory,
    GrantFactory,
    StaffRoleFactory,
)
from tests.reporting.factories import RequirementFactory, completed
from training.models import Trainable

from .sources import SOURCES, Reader, Shown, mixed

pytestmark = pytest.mark.django_db

MONTHS = [dt.date(2026, 5, 31), dt.date(2026, 6, 30)]
ROLES = ["infirmier", "medecin", "secretaire-medical"]


@pytest.fixture
def months() -> list[CoverageMonth]:
    """Five houses of two regions, groups of 2 to 23; three who come in June."""
    modules = [Trainable.objects.create(title=f"Module {letter}") for letter in "AB"]
    roles = [StaffRoleFactory(code=code) for code in ROLES]
    RequirementFactory(trainable=modules[0])
    RequirementFactory(trainable=modules[1], roles=roles[:2])
    near, far = (Region.objects.get(code=code) for code in ("53", "11"))
    Region.objects.exclude(pk__in=[near.pk, far.pk]).delete()
    for number, region in enumerate((near, near, near, far, far)):
        family = "chu" if number % 2 else "ch"
        house = EstablishmentFactory(name=f"Maison {number}", region=region, family=family)
        for index, role in enumerate(roles):
            people = 2 if (number, index) == (1, 2) else 6 + 3 * number + 2 * index
            held = AppointmentFactory.create_batch(people, establishment=house, role=role)
            for one in held[: people // 3]:
                completed(one.person, modules[0], dt.date(2026, 2, 1))
        if number == 0:
            june = {"establishment": house, "role": roles[0], "starts_on": dt.date(2026, 6, 1)}
            AppointmentFactory.create_batch(3, **june)
    return [snapshots_freeze(month_end=day) for day in MONTHS]


def test_no_source_shows_what_the_grid_hides_nor_anything_that_is_no_cell(client, months) -> None:
    client.force_login(GrantFactory(for_nation=True).user)
    for month in months:
        reader = Reader(client, month)
        cells = CoverageSnapshot.objects.filter(month=month)
        open_figures = {_figures(one.cell) for one in cells if not one.is_suppressed}
        assert cells.filter(is_suppressed=True).exists()
        everything: Shown = {}
        for source in SOURCES:
            found = list(source(reader))
            assert any(found), source.__name__
            for shown in found:
                for key, figures in shown.items():
                    if figures is not None:
                        assert figures in open_figures, (source.__name__, key)
                    # «Total de la région» is another cell in each region.
                    if "Total" not in key[0]:
                        assert everything.setdefault(key, figures) == figures, (source, key)


def test_no_trend_comparison_or_operation_shows_what_a_month_hides(client, months) -> None:
    client.force_login(GrantFactory(for_nation=True).user)
    shown = {_figures(one.cell) for one in CoverageSnapshot.objects.filter(is_suppressed=False)}
    told: set[tuple[int, int]] = set()
    for source, found in mixed(client):
        assert found <= shown, (source, found - shown)
        told |= found
    assert len(told) > 20


def _figures(cell: Cell) -> tuple[int, int]:
    return cell.covered, cell.people
