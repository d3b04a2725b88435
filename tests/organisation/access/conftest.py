"""A region with a hospital, another region with another, and who gives rights there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from organisation.models import Department, Establishment
from organisation.roles_of_access import RoleKey
from organisation.scopes import Scope
from tests.organisation.access.world import holder
from tests.organisation.factories import DepartmentFactory, EstablishmentFactory
from tests.training.attestations.conftest import private_folder  # noqa: F401
from users.models import User


@dataclass
class Places:
    house: Establishment
    ward: Department
    elsewhere: Establishment
    referent: User
    ars: User
    national: User


@pytest.fixture
def places(db: None, private_folder: object) -> Places:  # noqa: F811
    house, elsewhere = (
        EstablishmentFactory(region__code="53"),
        EstablishmentFactory(region__code="11"),
    )
    assert house.region != elsewhere.region
    return Places(
        house,
        DepartmentFactory(establishment=house),
        elsewhere,
        referent=holder(RoleKey.REFERENT, Scope.establishment(house)),
        ars=holder(RoleKey.REGION, Scope.region(house.region)),
        national=holder(RoleKey.STEERING, Scope.nation()),
    )
