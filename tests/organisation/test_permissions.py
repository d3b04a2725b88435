"""Every kind of grant × every kind of scope."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Establishment
from organisation.permissions import (
    house_with_rights,
    may_communicate_for,
    may_manage_training,
    may_read_coverage,
    may_see_names,
    scopes_with_coverage,
    scopes_with_training,
)
from organisation.scopes import Scope

from .factories import (
    AccountFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 1)
KINDS = ("department", "establishment", "region", "nation")


@pytest.fixture
def own():
    """One place of each kind, each inside the next."""
    return _places("53")


@pytest.fixture
def other():
    """The same in another region."""
    return _places("11")


def _places(region_code: str) -> dict[str, Scope]:
    department = DepartmentFactory(establishment__region=RegionFactory(code=region_code))
    return {
        "department": Scope.department(department),
        "establishment": Scope.establishment(department.establishment),
        "region": Scope.region(department.establishment.region),
        "nation": Scope.nation(),
    }


def _holder(scope: Scope, **fields):
    places = {"establishment": None, **scope.fields}
    return GrantFactory(**places, **fields).user


@pytest.mark.parametrize("granted", KINDS)
@pytest.mark.parametrize("wanted", KINDS)
def test_coverage_is_for_those_whose_grant_contains_the_scope(own, other, granted, wanted):
    user = _holder(own[granted])
    contains = KINDS.index(granted) >= KINDS.index(wanted)
    assert may_read_coverage(user=user, scope=own[wanted], day=DAY) is contains
    elsewhere = granted == "nation"
    assert may_read_coverage(user=user, scope=other[wanted], day=DAY) is elsewhere


@pytest.mark.parametrize("granted", KINDS)
@pytest.mark.parametrize("wanted", KINDS)
def test_names_are_for_near_managers_only(own, other, granted, wanted):
    user = _holder(own[granted])
    allowed = (granted, wanted) in {
        ("department", "department"),
        ("establishment", "department"),
        ("establishment", "establishment"),
    }
    assert may_see_names(user=user, scope=own[wanted], day=DAY) is allowed
    assert may_see_names(user=user, scope=other[wanted], day=DAY) is False


@pytest.mark.parametrize("granted", KINDS)
@pytest.mark.parametrize("wanted", KINDS)
def test_training_is_organised_by_those_who_know_the_people(own, other, granted, wanted):
    user = _holder(own[granted], to_train=True)
    allowed = (granted, wanted) in {
        ("department", "department"),
        ("establishment", "department"),
        ("establishment", "establishment"),
    }
    assert may_manage_training(user=user, scope=own[wanted], day=DAY) is allowed
    assert may_manage_training(user=user, scope=other[wanted], day=DAY) is False
    near = {own[granted]} if granted in ("department", "establishment") else frozenset()
    assert scopes_with_training(user=user, day=DAY) == near


def test_a_second_department_of_the_same_house_is_not_mine(own):
    user = _holder(own["department"])
    house = Establishment.objects.get(pk=own["establishment"].pk)
    neighbour = DepartmentFactory(establishment=house)
    assert not may_read_coverage(user=user, scope=Scope.department(neighbour), day=DAY)
    assert not may_see_names(user=user, scope=Scope.department(neighbour), day=DAY)


@pytest.mark.parametrize(
    ("granted", "allowed"),
    [("department", False), ("establishment", True), ("region", True), ("nation", True)],
)
def test_communicating_speaks_for_a_whole_establishment(own, granted, allowed):
    user = _holder(own[granted], to_communicate=True)
    establishment = Establishment.objects.get(pk=own["establishment"].pk)
    assert may_communicate_for(user=user, establishment=establishment, day=DAY) is allowed
    assert may_communicate_for(user=user, establishment=EstablishmentFactory(), day=DAY) is (
        granted in ("region", "nation")
    )


def test_one_right_does_not_give_the_other(own):
    communicator = _holder(own["establishment"], to_communicate=True)
    assert not may_read_coverage(user=communicator, scope=own["establishment"], day=DAY)
    reader = GrantFactory()
    assert not may_communicate_for(user=reader.user, establishment=reader.establishment, day=DAY)


@pytest.mark.parametrize(
    ("day", "allowed"),
    [
        (dt.date(2025, 12, 31), False),
        (dt.date(2026, 1, 1), True),
        (dt.date(2026, 6, 30), True),
        (dt.date(2026, 7, 1), False),
    ],
)
def test_a_grant_holds_over_its_half_open_interval(own, day, allowed):
    user = _holder(own["establishment"], ended=True)
    assert may_read_coverage(user=user, scope=own["establishment"], day=day) is allowed
    assert may_see_names(user=user, scope=own["establishment"], day=day) is allowed


def test_nobody_else_reads_anything(own):
    nobodies = [
        AnonymousUser(),
        AccountFactory(),
        AccountFactory(is_superuser=True, is_staff=True),
        _holder(own["nation"], user__is_active=False),
    ]
    for user in nobodies:
        assert scopes_with_coverage(user=user, day=DAY) == frozenset()
        for kind in KINDS:
            assert not may_read_coverage(user=user, scope=own[kind], day=DAY)
            assert not may_see_names(user=user, scope=own[kind], day=DAY)


def test_a_place_that_does_not_exist_is_nobodys():
    user = _holder(Scope.nation())
    assert not may_read_coverage(user=user, scope=Scope(ScopeKind.DEPARTMENT, 999_999), day=DAY)
    assert not may_read_coverage(user=user, scope=Scope(ScopeKind.ESTABLISHMENT, 999_999), day=DAY)


@pytest.mark.parametrize("fields", [{}, {"to_train": True}, {"to_communicate": True}])
@pytest.mark.parametrize("granted", KINDS)
def test_all_rights_in_a_house_are_those_asked_for_one_by_one(own, other, granted, fields):
    user = _holder(own[granted], ended=True, **fields)
    for scope in (own["establishment"], other["establishment"]):
        house = Establishment.objects.get(pk=scope.place_pk)
        for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 1), DAY, dt.date(2026, 7, 1)):
            found, rights = house_with_rights(user=user, uid=house.uid, day=day)
            assert found == house
            asked = {"user": user, "scope": scope, "day": day}
            assert (GrantRight.READ_COVERAGE in rights) is may_see_names(**asked)
            assert (GrantRight.MANAGE_TRAINING in rights) is may_manage_training(**asked)


def test_nobody_has_rights_in_a_house_who_is_not_signed_in_or_switched_off(own):
    house = Establishment.objects.get(pk=own["establishment"].pk)
    user = _holder(own["establishment"])
    user.is_active = False
    for nobody in (user, AnonymousUser(), AccountFactory()):
        assert house_with_rights(user=nobody, uid=house.uid, day=DAY) == (house, frozenset())
    with pytest.raises(Establishment.DoesNotExist):
        house_with_rights(user=user, uid=uuid.uuid4(), day=DAY)
