"""The departments and establishments whose training somebody organises."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from organisation.enums import ScopeKind
from organisation.models import Department, Establishment
from organisation.permissions import may_manage_training, scopes_with_training
from organisation.scopes import Scope
from users.models import User

KINDS = {"etablissement": ScopeKind.ESTABLISHMENT, "service": ScopeKind.DEPARTMENT}
SLUGS = {kind: slug for slug, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """A department, or a whole establishment (then `department` is None)."""

    establishment: Establishment
    department: Department | None = None

    @classmethod
    def of(cls, place: Department | Establishment) -> TeamPlace:
        if isinstance(place, Department):
            return cls(place.establishment, place)
        return cls(place)

    @property
    def place(self) -> Department | Establishment:
        return self.department or self.establishment

    @property
    def scope(self) -> Scope:
        if self.department is not None:
            return Scope.department(self.department)
        return Scope.establishment(self.establishment)

    @property
    def uid(self) -> uuid.UUID:
        uid: uuid.UUID = self.place.uid
        return uid

    @property
    def slug(self) -> str:
        """The kind as addresses say it."""
        return SLUGS[self.scope.kind]

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def full_name(self) -> str:
        """«Urgences, CHU de Rennes»."""
        return f"{self.name}, {self.establishment.name}" if self.department else self.name

    @property
    def is_establishment(self) -> bool:
        return self.department is None


def places_of(*, user: User, day: dt.date) -> list[TeamPlace]:
    """The places that a user's grants name, establishments first. Three queries."""
    scopes = scopes_with_training(user=user, day=day)
    wanted = {kind: [one.place_pk for one in scopes if one.kind == kind] for kind in SLUGS}
    houses = Establishment.objects.open_at(day).filter(pk__in=wanted[ScopeKind.ESTABLISHMENT])
    departments = Department.objects.filter(
        pk__in=wanted[ScopeKind.DEPARTMENT],
        establishment__in=Establishment.objects.open_at(day),
    ).select_related("establishment")
    return [TeamPlace(house) for house in houses.order_by("name", "pk")] + [
        TeamPlace.of(department) for department in departments.order_by("name", "pk")
    ]


def place_find(*, slug: str, uid: uuid.UUID) -> TeamPlace | None:
    if slug == SLUGS[ScopeKind.ESTABLISHMENT]:
        house = Establishment.objects.filter(uid=uid).first()
        return TeamPlace(house) if house else None
    department = Department.objects.select_related("establishment").filter(uid=uid).first()
    return TeamPlace.of(department) if department else None


def may_train_at(*, user: User, place: TeamPlace, day: dt.date) -> bool:
    """An establishment's organisers are its departments', too; a neighbour's are not."""
    return may_manage_training(user=user, scope=place.scope, day=day)
