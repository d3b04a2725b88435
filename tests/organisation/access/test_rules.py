"""Who may give what, where: every role × every role × own scope and the neighbour's."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from cms.services import REGIONAL_WRITERS, REVIEWERS, WRITERS
from lrs.services import OPERATORS
from organisation.enums import GrantRight, ScopeKind
from organisation.models import Grant
from organisation.permissions import may_give_role
from organisation.roles_of_access import (
    GROUP_ROLES,
    ROLES,
    SENTENCES,
    RoleKey,
    role_named,
    role_of,
    scopes_that_give,
)
from organisation.scopes import Scope
from organisation.services import access_end, access_extend, access_give, grant_give
from tests.organisation.access.conftest import Places
from tests.organisation.access.world import account, holder, today
from tests.organisation.factories import DepartmentFactory
from users.models import AuditEntry

K = RoleKey
IN_HOUSE = {K.DEPARTMENT_MANAGER, K.MANAGER, K.COMMUNICATION}
# Written out again, on purpose: what each role may give below itself, and to nobody else.
GIVES = {
    K.DEPARTMENT_MANAGER: set(),
    K.MANAGER: set(),
    K.COMMUNICATION: set(),
    K.ORGANISER: set(),
    K.REFERENT: IN_HOUSE,
    K.REGION: IN_HOUSE | {K.REFERENT, K.ORGANISER},
    K.STEERING: IN_HOUSE | {K.REFERENT, K.REGION, K.ORGANISER},
}


def scope_for(key: RoleKey, places: Places, *, here: bool) -> Scope:
    house = places.house if here else places.elsewhere
    ward = places.ward if here else DepartmentFactory(establishment=house)
    assert house.region is not None
    return {
        ScopeKind.DEPARTMENT: Scope.department(ward),
        ScopeKind.ESTABLISHMENT: Scope.establishment(house),
        ScopeKind.REGION: Scope.region(house.region),
        ScopeKind.NATION: Scope.nation(),
    }[role_of(key).scope]


@pytest.mark.parametrize("here", [True, False])
@pytest.mark.parametrize("given", RoleKey)
@pytest.mark.parametrize("giver", RoleKey)
def test_who_gives_what(giver: RoleKey, given: RoleKey, here: bool, places: Places) -> None:
    user = holder(giver, scope_for(giver, places, here=True))
    scope = scope_for(given, places, here=here)
    is_national = giver == RoleKey.STEERING
    expected = given in GIVES[giver] and (here or is_national)
    assert may_give_role(user=user, role=role_of(given), scope=scope, day=today()) is expected
    end = today() + dt.timedelta(30)
    give = {"user": account(), "role": role_of(given), "scope": scope, "today": today()}
    if expected:
        assert len(access_give(**give, ends_on=end, actor=user)) == len(role_of(given).rights)
    else:
        with pytest.raises(PermissionDenied):
            access_give(**give, ends_on=end, actor=user)
        assert not Grant.objects.filter(user=give["user"]).exists()


def test_a_right_that_is_over_or_to_come_gives_nothing(places: Places) -> None:
    here = Scope.establishment(places.house)
    over = holder(RoleKey.REFERENT, here, ends_on=today())
    early = holder(RoleKey.REFERENT, here)
    Grant.objects.filter(user=early).update(starts_on=today() + dt.timedelta(1))
    off = holder(RoleKey.REFERENT, here)
    off.is_active = False
    off.save()
    for user in (over, early, off):
        assert not may_give_role(user=user, role=role_of(K.MANAGER), scope=here, day=today())


def test_superusers_give_nothing_on_the_site(places: Places) -> None:
    admin = account(is_superuser=True, is_staff=True)
    scope = Scope.establishment(places.house)
    assert not may_give_role(user=admin, role=role_of(K.MANAGER), scope=scope, day=today())


def test_nobody_gives_herself_anything(places: Places) -> None:
    scope, end = Scope.establishment(places.house), today() + dt.timedelta(30)
    give = {"role": role_of(K.COMMUNICATION), "scope": scope, "today": today(), "ends_on": end}
    with pytest.raises(ValidationError, match="soi-même"):
        access_give(user=places.referent, actor=places.referent, **give)
    with pytest.raises(ValidationError, match="soi-même"):
        grant_give(
            user=places.referent,
            right=GrantRight.COMMUNICATE,
            scope=scope,
            starts_on=today(),
            actor=places.referent,
        )
    grant = Grant.objects.filter(user=places.referent).first()
    assert grant is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(granted_by=places.referent)


def test_giving_again_prolongs_and_never_doubles(places: Places) -> None:
    user, scope = account(), Scope.establishment(places.house)
    role = role_of(K.MANAGER)
    give = {"user": user, "role": role, "scope": scope, "today": today(), "actor": places.referent}
    access_give(ends_on=today() + dt.timedelta(30), **give)
    access_give(ends_on=today() + dt.timedelta(60), **give)
    held = Grant.objects.filter(user=user)
    assert {one.right for one in held} == role.rights
    assert held.count() == 2
    assert {one.ends_on for one in held} == {today() + dt.timedelta(60)}
    with pytest.raises(ValidationError, match="déjà"):
        access_give(ends_on=today() + dt.timedelta(20), **give)
    acts = AuditEntry.objects.filter(action__startswith="grant.").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == ["grant.give"] * 2 + ["grant.extend"] * 2


def test_an_end_within_reason(places: Places) -> None:
    give = {
        "user": account(),
        "role": role_of(K.MANAGER),
        "scope": Scope.establishment(places.house),
        "today": today(),
        "actor": places.referent,
    }
    for end in (today(), today() - dt.timedelta(1), today() + dt.timedelta(5 * 365)):
        with pytest.raises(ValidationError):
            access_give(ends_on=end, **give)


def test_ending_and_prolonging_are_for_those_who_may_give(places: Places) -> None:
    manager = holder(K.MANAGER, Scope.establishment(places.house), today() + dt.timedelta(5))
    grants = list(Grant.objects.filter(user=manager))
    later = today() + dt.timedelta(90)
    stranger = holder(K.REFERENT, Scope.establishment(places.elsewhere))
    for actor in (stranger, manager):
        with pytest.raises(PermissionDenied):
            access_end(grants=grants, today=today(), actor=actor)
        with pytest.raises(PermissionDenied):
            access_extend(grants=grants, today=today(), ends_on=later, actor=actor)
    access_extend(grants=grants, today=today(), ends_on=later, actor=places.referent)
    assert {one.ends_on for one in Grant.objects.filter(user=manager)} == {later}
    access_end(grants=grants, today=today(), actor=places.ars)
    assert not Grant.objects.at(today()).filter(user=manager).exists()
    with pytest.raises(ValidationError, match="pris fin"):
        access_extend(grants=grants, today=today(), ends_on=later, actor=places.referent)


def test_a_referent_may_not_end_her_equals_or_herself(places: Places) -> None:
    other = holder(K.REFERENT, Scope.establishment(places.house))
    for user in (other, places.referent):
        with pytest.raises(PermissionDenied):
            access_end(
                grants=list(Grant.objects.filter(user=user)), today=today(), actor=places.referent
            )


def test_the_table_is_whole() -> None:
    assert {role.key for role in ROLES} == set(RoleKey)
    assert set(SENTENCES) == set(GrantRight)
    assert all(role_named(role.rights, role.scope) == role for role in ROLES)


def test_the_right_to_give_always_comes_from_above() -> None:
    order = list(ScopeKind)
    for kind in ScopeKind:
        for giving in scopes_that_give(GrantRight.GIVE_ACCESS, kind):
            assert order.index(giving) > order.index(kind)
        for right in GrantRight:
            assert all(
                order.index(one) >= order.index(kind) for one in scopes_that_give(right, kind)
            )


def test_groups_of_the_admin_are_called_as_the_rooms_call_them() -> None:
    assert {name for role in GROUP_ROLES for name in role.groups} == {
        WRITERS,
        REVIEWERS,
        REGIONAL_WRITERS,
        OPERATORS,
    }
