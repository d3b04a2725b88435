"""A small world of one's own: what a counting test needs, named by what it means."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from organisation.enums import GrantRight, ScopeKind
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    Person,
    Region,
    RoleFamily,
    StaffRole,
)
from training.models import Completion, Requirement, Trainable
from users.models import User

PARIS = ZoneInfo("Europe/Paris")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.test")


class RegionFactory(DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "53"
    name = factory.LazyAttribute(lambda region: f"Région {region.code}")


class EstablishmentFactory(DjangoModelFactory[Establishment]):
    class Meta:
        model = Establishment

    name = factory.Sequence(lambda n: f"Centre hospitalier {n:03d}")
    family = "ch"
    region = factory.SubFactory(RegionFactory)


class DepartmentFactory(DjangoModelFactory[Department]):
    class Meta:
        model = Department

    establishment = factory.SubFactory(EstablishmentFactory)
    name = factory.Sequence(lambda n: f"Service {n:03d}")


class RoleFamilyFactory(DjangoModelFactory[RoleFamily]):
    class Meta:
        model = RoleFamily
        django_get_or_create = ("code",)

    code = "essai-soignante"
    name = "Soignante et rééducation"


class StaffRoleFactory(DjangoModelFactory[StaffRole]):
    class Meta:
        model = StaffRole

    code = factory.Sequence(lambda n: f"metier-{n}")
    name = factory.Sequence(lambda n: f"Métier {n:03d}")
    family = factory.SubFactory(RoleFamilyFactory)


class PersonFactory(DjangoModelFactory[Person]):
    class Meta:
        model = Person

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Le Goff {n:04d}")


class AppointmentFactory(DjangoModelFactory[Appointment]):
    class Meta:
        model = Appointment

    person = factory.SubFactory(PersonFactory)
    establishment = factory.SubFactory(EstablishmentFactory)
    role = factory.SubFactory(StaffRoleFactory)
    starts_on = dt.date(2024, 1, 1)


class HeadcountFactory(DjangoModelFactory[Headcount]):
    class Meta:
        model = Headcount

    establishment = factory.SubFactory(EstablishmentFactory)
    role = factory.SubFactory(StaffRoleFactory)
    as_of = dt.date(2024, 1, 1)
    people = 10


class TrainableFactory(DjangoModelFactory[Trainable]):
    class Meta:
        model = Trainable

    title = factory.Sequence(lambda n: f"Module {n:03d}")


class RequirementFactory(DjangoModelFactory[Requirement]):
    """For every role of the nation, from 2024 on, due in 90 days, valid for ever."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    trainable = factory.SubFactory(TrainableFactory)
    scope = ScopeKind.NATION
    starts_on = dt.date(2024, 1, 1)

    @factory.post_generation
    def roles(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.roles.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def role_families(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.role_families.set(extracted)  # type: ignore[attr-defined]


class CompletionFactory(DjangoModelFactory[Completion]):
    class Meta:
        model = Completion

    person = factory.SubFactory(PersonFactory)
    trainable = factory.SubFactory(TrainableFactory)
    completed_at = dt.datetime(2025, 1, 15, 12, tzinfo=PARIS)
    statement_id = factory.LazyFunction(uuid.uuid4)


class GrantFactory(DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    right = GrantRight.READ_COVERAGE
    scope = ScopeKind.NATION
    starts_on = dt.date(2024, 1, 1)


def completed(person: Person, trainable: Trainable, day: dt.date) -> Completion:
    """`person` completed `trainable` at noon of `day` in Paris."""
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=PARIS)
    return CompletionFactory(person=person, trainable=trainable, completed_at=noon)
