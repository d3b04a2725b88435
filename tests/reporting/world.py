"""One hospital with two departments, its neighbours, and everybody who may come to its pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from organisation.models import Department, Establishment, Region
from reporting.models import CoverageMonth
from reporting.services import snapshots_freeze
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    HeadcountFactory,
    RegionFactory,
    StaffRoleFactory,
)
from training.models import Trainable
from users.models import User

from .factories import RequirementFactory, TrainableFactory, completed

JUNE = dt.date(2026, 6, 30)
ROLES = ["infirmier", "aide-soignant", "medecin", "brancardier", "secretaire-medical"]


@dataclass
class World:
    region: Region
    house: Establishment
    ward: Department
    other_ward: Department
    small: Establishment
    modules: list[Trainable]
    month: CoverageMonth
    users: dict[str, User] = field(default_factory=dict)


def build(people: int = 12) -> World:
    """`people` in the hospital over two wards and five roles, a third of them covered."""
    region = RegionFactory()
    house, neighbour, small = (
        EstablishmentFactory(name=name, region=region)
        for name in ("CHU d’Essai", "CH du Voisinage", "CH de la Petite Côte")
    )
    EstablishmentFactory(name="EHPAD du Silence", region=region, family="ehpad")
    far = EstablishmentFactory(name="CH d’Ailleurs", region=RegionFactory(code="11"))
    ward = DepartmentFactory(establishment=house, name="Urgences")
    other_ward = DepartmentFactory(establishment=house, name="Cardiologie")
    modules = [
        TrainableFactory(title="Reconnaître un message d’hameçonnage à l’hôpital"),
        TrainableFactory(title="Mots de passe, cartes et postes partagés"),
    ]
    for module in modules:
        RequirementFactory(trainable=module, validity_months=12)
    roles = [StaffRoleFactory(code=code) for code in ROLES]
    for index in range(people):
        appointment = AppointmentFactory(
            establishment=house,
            department=(ward, other_ward)[index % 2],
            role=roles[index % len(roles)],
        )
        if index % 3 == 0:
            completed(appointment.person, modules[0], dt.date(2026, 2, 1))
        if index % 6 == 0:
            completed(appointment.person, modules[1], dt.date(2026, 3, 1))
    HeadcountFactory(establishment=house, role=roles[0], people=people)
    AppointmentFactory.create_batch(9, establishment=neighbour)
    AppointmentFactory.create_batch(3, establishment=small)
    AppointmentFactory.create_batch(8, establishment=far)
    month = snapshots_freeze(month_end=JUNE)
    world = World(region, house, ward, other_ward, small, modules, month)
    world.users = _users(world, far)
    return world


def _users(world: World, far: Establishment) -> dict[str, User]:
    def granted(**scope: object) -> User:
        return GrantFactory(**scope).user

    learner = AccountFactory(email="agent@essai.test")
    AppointmentFactory(person__user=learner, establishment=world.small)
    ended = GrantFactory(establishment=world.house, ended=True).user
    return {
        "learner": learner,
        "former ciso": ended,
        "communications": granted(establishment=world.house, to_communicate=True),
        "ward manager": granted(for_department=True, department=world.ward),
        "other ward manager": granted(for_department=True, department=world.other_ward),
        "ciso": granted(establishment=world.house),
        "other ciso": granted(establishment=far),
        "region": granted(for_region=True, region=world.region),
        "other region": granted(for_region=True, region=far.region),
        "nation": granted(for_nation=True),
        "superuser": User.objects.create_superuser("admin@essai.test", "vigilance"),
    }
