"""Factories of the organisation. Other rooms' tests use them too.

Regions and roles come from the reference data that every database has; a factory picks existing
ones unless told otherwise.
"""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from organisation.enums import EstablishmentFamily, GrantRight, ScopeKind, Sector
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    Person,
    Region,
    RoleFamily,
    Site,
    StaffRole,
)
from users.models import User

STARTED = dt.date(2026, 1, 1)


class AccountFactory(DjangoModelFactory):
    """An account, with the password ``vigilance``."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"compte{n}@hopital.test")
    password = factory.django.Password("vigilance")

    @factory.post_generation
    def address(self, create, extracted, **kwargs):
        """Pass ``address__verified=True`` to have the address proved."""
        if create and kwargs.get("verified"):
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class RegionFactory(DjangoModelFactory):
    """An existing region: Bretagne, or ``RegionFactory(code="11")``."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "53"


class EstablishmentFactory(DjangoModelFactory):
    class Meta:
        model = Establishment

    class Params:
        provisional = factory.Trait(finess_ej=None)
        closed = factory.Trait(closed_on=STARTED)

    name = factory.Sequence(lambda n: f"Centre hospitalier n° {n}")
    finess_ej = factory.Sequence(lambda n: f"98{n:07d}")
    family = EstablishmentFamily.CH
    sector = Sector.PUBLIC
    region = factory.SubFactory(RegionFactory)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    finess_et = factory.Sequence(lambda n: f"97{n:07d}")
    establishment = factory.SubFactory(EstablishmentFactory)
    name = factory.Sequence(lambda n: f"Site n° {n}")
    category_code = "355"
    category_label = "Centre Hospitalier (C.H.)"
    sector = Sector.PUBLIC
    postcode = "35000"
    city = "RENNES"
    department_code = "35"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    establishment = factory.SubFactory(EstablishmentFactory)
    name = factory.Sequence(lambda n: f"Service n° {n}")


class RoleFamilyFactory(DjangoModelFactory):
    class Meta:
        model = RoleFamily
        django_get_or_create = ("code",)

    code = "soignante"


class StaffRoleFactory(DjangoModelFactory):
    """An existing role: nurse, or ``StaffRoleFactory(code="brancardier")``; else a new one."""

    class Meta:
        model = StaffRole
        django_get_or_create = ("code",)

    code = "infirmier"
    name = factory.LazyAttribute(lambda role: role.code.capitalize())
    family = factory.SubFactory(RoleFamilyFactory)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    class Params:
        with_account = factory.Trait(
            user=factory.SubFactory(AccountFactory, email=factory.SelfAttribute("..email"))
        )

    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin-{n}")
    email = factory.Sequence(lambda n: f"camille.martin{n}@hopital.test")


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    class Params:
        ended = factory.Trait(ends_on=dt.date(2026, 7, 1))
        in_department = factory.Trait(
            department=factory.SubFactory(
                DepartmentFactory, establishment=factory.SelfAttribute("..establishment")
            )
        )

    person = factory.SubFactory(PersonFactory)
    establishment = factory.SubFactory(EstablishmentFactory)
    role = factory.SubFactory(StaffRoleFactory)
    starts_on = STARTED


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = Headcount

    establishment = factory.SubFactory(EstablishmentFactory)
    role = factory.SubFactory(StaffRoleFactory)
    as_of = STARTED
    people = 50


class GrantFactory(DjangoModelFactory):
    """A grant to read coverage in an establishment; traits for the other scopes and right."""

    class Meta:
        model = Grant

    class Params:
        for_nation = factory.Trait(scope=ScopeKind.NATION, establishment=None)
        for_region = factory.Trait(
            scope=ScopeKind.REGION,
            establishment=None,
            region=factory.SubFactory(RegionFactory),
        )
        for_department = factory.Trait(
            scope=ScopeKind.DEPARTMENT,
            establishment=None,
            department=factory.SubFactory(DepartmentFactory),
        )
        to_communicate = factory.Trait(right=GrantRight.COMMUNICATE)
        to_train = factory.Trait(right=GrantRight.MANAGE_TRAINING)
        ended = factory.Trait(ends_on=dt.date(2026, 7, 1))

    user = factory.SubFactory(AccountFactory)
    right = GrantRight.READ_COVERAGE
    scope = ScopeKind.ESTABLISHMENT
    establishment = factory.SubFactory(EstablishmentFactory)
    starts_on = STARTED
