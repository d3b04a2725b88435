"""Who may do what, where. All of it follows from grants: being a superuser gives nothing here,
for the right to run a site is not the right to read who was trained.

A scope contains those below it: nation ⊃ region ⊃ establishment ⊃ department.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Department, Establishment, Grant
from organisation.scopes import Scope
from users.models import User

NAMED_SCOPES = frozenset({ScopeKind.DEPARTMENT, ScopeKind.ESTABLISHMENT})


def may_read_coverage(*, user: User | AnonymousUser, scope: Scope, day: dt.date) -> bool:
    """Figures of a scope are for those whose grant contains it.

    Managers answer for their own place; the region and the nation for all in theirs.
    """
    return bool(_held(user, GrantRight.READ_COVERAGE, day) & _enclosing(scope))


def may_see_names(*, user: User | AnonymousUser, scope: Scope, day: dt.date) -> bool:
    """Names are for managers of a department or establishment, in their own scope.

    They know these people and have to speak to them. A region or the nation has no such reason,
    not even inside one establishment: their grants never count here.
    """
    near = {held for held in _held(user, GrantRight.READ_COVERAGE, day) if _is_near(held)}
    return _is_near(scope) and bool(near & _enclosing(scope))


def may_manage_training(*, user: User | AnonymousUser, scope: Scope, day: dt.date) -> bool:
    """Requiring a training, running one with a team, handing out sign-in codes and attestations.

    All of it is done with people whom one knows, so only a grant of their department or
    establishment counts; the nation's own requirements are set in the admin.
    """
    near = {held for held in _held(user, GrantRight.MANAGE_TRAINING, day) if _is_near(held)}
    return _is_near(scope) and bool(near & _enclosing(scope))


def needs_second_factor(*, user: User, day: dt.date) -> bool:
    """Editors, managers and administrators: what they may change or read is others'."""
    return (
        user.is_staff
        or user.is_superuser
        or Grant.objects.at(day).filter(user=user).exists()
        or user.has_perm("wagtailadmin.access_admin")
    )


def scopes_with_training(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The departments and establishments whose training a user organises."""
    return frozenset(
        held for held in _held(user, GrantRight.MANAGE_TRAINING, day) if _is_near(held)
    )


def may_communicate_for(
    *, user: User | AnonymousUser, establishment: Establishment, day: dt.date
) -> bool:
    """Putting a hospital's logo and contact on a poster speaks for all of it.

    So a department's grant is not enough; that of its region or of the nation is.
    """
    scope = Scope.establishment(establishment)
    return bool(_held(user, GrantRight.COMMUNICATE, day) & _enclosing(scope))


def scopes_with_communication(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The establishments, regions or nation that a user may speak for; no department is enough."""
    return frozenset(
        held
        for held in _held(user, GrantRight.COMMUNICATE, day)
        if held.kind != ScopeKind.DEPARTMENT
    )


def scopes_with_coverage(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The scopes a user was given to read; empty for those whom the report is not for."""
    return _held(user, GrantRight.READ_COVERAGE, day)


def held_rows(*, user: User, day: dt.date) -> QuerySet[Grant, tuple[str, str]]:
    """(right, scope kind) of each grant that holds; not asked for yet, so that the frame of a page
    can ask for something else in the same query."""
    return Grant.objects.at(day).filter(user=user).order_by().values_list("right", "scope")


def rights_of(rows: Iterable[tuple[str, str]]) -> frozenset[GrantRight]:
    """The rights for which a menu has an entry, from such rows.

    Organising a training counts near only, as `scopes_with_training` says.
    """
    return frozenset(
        GrantRight(right)
        for right, scope in rows
        if right != GrantRight.MANAGE_TRAINING or scope in NAMED_SCOPES
    )


def _is_near(scope: Scope) -> bool:
    return scope.kind in NAMED_SCOPES


def _held(user: User | AnonymousUser, right: GrantRight, day: dt.date) -> frozenset[Scope]:
    """The scopes of the grants that hold at `day`. An account that is switched off has none."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    return frozenset(
        Scope.of(grant) for grant in Grant.objects.at(day).filter(user=user, right=right)
    )


def _enclosing(scope: Scope) -> frozenset[Scope]:
    """The scope and all that contain it; nothing for a place that does not exist."""
    if scope.kind == ScopeKind.DEPARTMENT:
        parent = Department.objects.filter(pk=scope.place_pk).values_list(
            "establishment", flat=True
        )
        return frozenset().union(
            *({scope} | _enclosing(Scope(ScopeKind.ESTABLISHMENT, pk)) for pk in parent)
        )
    if scope.kind == ScopeKind.ESTABLISHMENT:
        regions = Establishment.objects.filter(pk=scope.place_pk).values_list("region", flat=True)
        return frozenset().union(*({scope, *_region(pk), Scope.nation()} for pk in regions))
    return frozenset({scope, Scope.nation()})


def _region(pk: int | None) -> set[Scope]:
    return set() if pk is None else {Scope(ScopeKind.REGION, pk)}
