"""Two months of a small nation in which much is hidden: what a curious reader is set before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from organisation.models import Establishment, Region, RoleFamily, StaffRole
from organisation.scopes import Scope
from reporting.objectives.services import Target, objective_set
from reporting.services import snapshots_freeze
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    HeadcountFactory,
    RegionFactory,
    StaffRoleFactory,
)
from tests.reporting.factories import RequirementFactory, completed
from training.models import Trainable

from .cells import ALL, Name

MAY, JUNE = dt.date(2026, 5, 31), dt.date(2026, 6, 30)
REGIONS = ["53", "11"]
ROLES = ("infirmier", "medecin", "secretaire-medical")
HOUSES = {
    "Maison A": ("53", "ch"),
    "Maison B": ("53", "ch"),
    "Maison C": ("53", "chu"),
    "Maison D": ("11", "ch"),
    "Maison E": ("11", "chu"),
    "Maison F": ("11", "ehpad"),
}
# House -> people by role at the end of May and of June. In every group but two of Maison B somebody
# comes or leaves. A group of three grows there; in Maison C one of six shrinks to four.
THEN = {
    "Maison A": (14, 9, 7),
    "Maison B": (16, 8, 3),
    "Maison C": (21, 6, 11),
    "Maison D": (12, 13, 10),
    "Maison E": (25, 7, 9),
    "Maison F": (4, 0, 0),
}
NOW = {
    "Maison A": (17, 10, 8),
    "Maison B": (16, 8, 9),
    "Maison C": (20, 4, 12),
    "Maison D": (13, 12, 11),
    "Maison E": (24, 8, 10),
    "Maison F": (3, 0, 0),
}


@dataclass(frozen=True)
class Curious:
    """`unchanged`: (house, role family or all of them, in words) of whom nobody came or left."""

    houses: dict[str, Establishment]
    unchanged: set[tuple[str, str]]

    def alike(self, name: Name) -> Name:
        """One name for the cells that are of the same people in both months."""
        is_same = (name.place.name, name.role_family) in self.unchanged
        return name._replace(month=MAY.isoformat()) if is_same else name


def build() -> Curious:
    Region.objects.exclude(code__in=REGIONS).delete()
    modules = [Trainable.objects.create(title=f"Module {letter}") for letter in "AB"]
    roles = [StaffRoleFactory(code=code) for code in ROLES]
    StaffRole.objects.exclude(code__in=ROLES).delete()
    RoleFamily.objects.exclude(roles__in=roles).delete()
    RequirementFactory(trainable=modules[0])
    RequirementFactory(trainable=modules[1], roles=roles[:2])
    houses = {
        name: EstablishmentFactory(name=name, region=RegionFactory(code=code), family=family)
        for name, (code, family) in HOUSES.items()
    }
    # One house of another size, by what it declares.
    HeadcountFactory(establishment=houses["Maison E"], role=roles[0], people=120)
    for name, house in houses.items():
        for role, then, now in zip(roles, THEN[name], NOW[name], strict=True):
            _people(house, role, then, now, modules)
    return Curious(
        houses=houses,
        unchanged={
            (name, family)
            for name in houses
            for family, then, now in [
                *zip([role.family.name for role in roles], THEN[name], NOW[name], strict=True),
                (ALL, THEN[name], NOW[name]),
            ]
            if then == now
        },
    )


def _people(
    house: Establishment, role: StaffRole, then: int, now: int, modules: list[Trainable]
) -> None:
    """A third has completed the first module, a quarter the second."""
    where = {"establishment": house, "role": role}
    leave = max(0, then - now)
    held = AppointmentFactory.create_batch(then - leave, **where)
    held += AppointmentFactory.create_batch(leave, ends_on=dt.date(2026, 6, 15), **where)
    held += AppointmentFactory.create_batch(
        max(0, now - then), starts_on=dt.date(2026, 6, 1), **where
    )
    for one in held[::3]:
        completed(one.person, modules[0], dt.date(2026, 2, 1))
    for one in held[::4]:
        completed(one.person, modules[1], dt.date(2026, 6, 1))


def freeze() -> None:
    for day in (MAY, JUNE):
        snapshots_freeze(month_end=day)


def aims() -> None:
    """Objectives of the nation and of a region, of what is shown and of what is hidden."""
    by = AccountFactory()
    for scope in (Scope.nation(), Scope.region(RegionFactory(code="11"))):
        for family in (None, *RoleFamily.objects.all()):
            objective_set(
                scope=scope,
                target=Target(family, None, None),
                percent=80,
                due_on=dt.date(2027, 6, 30),
                actor=by,
                now=timezone.now(),
            )
