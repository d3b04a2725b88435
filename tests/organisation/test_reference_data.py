"""The reference lists, and that their migration goes both ways."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from organisation.models import Region, RoleFamily, StaffRole
from organisation.reference import REGION_OF_DEPARTMENT, REGIONS, ROLE_FAMILIES, STAFF_ROLES

from .factories import AppointmentFactory, EstablishmentFactory

migration = import_module("organisation.migrations.0002_reference_data")


@pytest.mark.django_db
def test_every_database_has_the_lists():
    assert dict(Region.objects.values_list("code", "name")) == REGIONS
    assert list(RoleFamily.objects.values_list("code", flat=True)) == [
        f.code for f in ROLE_FAMILIES
    ]
    assert StaffRole.objects.count() == len(STAFF_ROLES)


def test_there_are_eighteen_regions_nine_families_and_all_departments():
    assert (len(REGIONS), len(ROLE_FAMILIES), len(REGION_OF_DEPARTMENT)) == (18, 9, 101)
    assert set(REGION_OF_DEPARTMENT.values()) == set(REGIONS)


def test_codes_and_names_of_roles_are_unique_and_every_family_has_some():
    assert len({role.code for role in STAFF_ROLES}) == len(STAFF_ROLES)
    assert len({role.name for role in STAFF_ROLES}) == len(STAFF_ROLES)
    assert {role.family for role in STAFF_ROLES} == {family.code for family in ROLE_FAMILIES}


@pytest.mark.django_db
def test_the_migration_goes_back_and_forth():
    migration.remove(apps, None)
    assert not Region.objects.exists()
    assert not StaffRole.objects.exists()
    assert not RoleFamily.objects.exists()
    migration.add(apps, None)
    assert StaffRole.objects.count() == len(STAFF_ROLES)


@pytest.mark.django_db
def test_going_back_leaves_what_is_in_use():
    AppointmentFactory()
    migration.remove(apps, None)
    assert StaffRole.objects.get().code == "infirmier"
    assert Region.objects.get().code == "53"


@pytest.mark.django_db
def test_a_name_edited_on_the_site_stays():
    Region.objects.filter(code="53").update(name="Breizh")
    migration.add(apps, None)
    assert Region.objects.get(code="53").name == "Breizh"
    assert EstablishmentFactory().region.name == "Breizh"
