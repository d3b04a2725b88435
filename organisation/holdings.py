"""Reading who holds what: grants put together as people think of them.

A holding is the grants of one account in one place over the same days: mostly a role of the table.
All functions make a fixed number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from organisation.enums import GrantRight, RequestState, ScopeKind
from organisation.models import AccessRequest, Appointment, Establishment, Grant, Region
from organisation.permissions import scopes_with_giving
from organisation.roles_of_access import (
    GROUP_ROLES,
    ROLES,
    GroupRole,
    Role,
    Text,
    role_named,
    sentence_of,
)
from organisation.scopes import Scope
from users.models import User

Place = Establishment | Region


@dataclass(frozen=True, slots=True)
class Holding:
    """What one account may do in one place over ``[starts_on, ends_on)``."""

    grants: tuple[Grant, ...]

    @property
    def first(self) -> Grant:
        """The grant that stands for all of them in addresses."""
        return self.grants[0]

    @property
    def scope_kind(self) -> ScopeKind:
        return ScopeKind(self.first.scope)

    @property
    def rights(self) -> list[GrantRight]:
        held = {grant.right for grant in self.grants}
        return [right for right in GrantRight if right in held]

    @property
    def role(self) -> Role | None:
        return role_named(self.rights, self.scope_kind)

    @property
    def label(self) -> str:
        """The role's name; without one the rights in words."""
        role = self.role
        return str(role.label) if role else ", ".join(str(one.label) for one in self.rights)

    @property
    def sentences(self) -> list[Text]:
        return [sentence_of(right, self.scope_kind) for right in self.rights]

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it holds; None without an end."""
        end = self.first.ends_on
        return end - dt.timedelta(days=1) if end else None

    @property
    def where(self) -> str:
        """«Cardiologie – CHU d'essai»."""
        if self.first.department is not None:
            return f"{self.first.department} – {self.first.department.establishment}"
        return str(self.first.place or self.first.get_scope_display())


@dataclass(frozen=True, slots=True)
class AccountSheet:
    """What an account may do, and why. `hidden` counts holdings that the reader is not told."""

    user: User
    holdings: list[Holding]
    appointments: list[Appointment]
    group_roles: list[GroupRole]
    other_groups: list[str]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class _Within:
    """The places in some scopes, compared with rows that are loaded already."""

    scopes: frozenset[Scope] = field(default_factory=frozenset)

    def has_grant(self, grant: Grant) -> bool:
        around = {Scope.nation(), Scope.of(grant)}
        house = grant.department.establishment if grant.department else grant.establishment
        return bool(self.scopes & (around | (_around(house) if house else set())))

    def has_appointment(self, appointment: Appointment) -> bool:
        return bool(self.scopes & (_around(appointment.establishment) | {Scope.nation()}))


def _around(house: Establishment) -> set[Scope]:
    around = {Scope.establishment(house)}
    if house.region_id is not None:
        around.add(Scope(ScopeKind.REGION, house.region_id))
    return around


def holdings_in_place(*, place: Place, day: dt.date) -> list[Holding]:
    """Those that hold at `day` or begin later, of a place and, in a hospital, its departments;
    the place's own first, then by name. One query."""
    where = Q(region=place) if isinstance(place, Region) else Q(establishment=place)
    if isinstance(place, Establishment):
        where |= Q(department__establishment=place)
    found = holdings_made(_grants(day).filter(where))
    return sorted(
        found,
        key=lambda one: (
            one.scope_kind == ScopeKind.DEPARTMENT,
            one.where,
            str(one.first.user).casefold(),
            one.first.pk,
        ),
    )


def establishments_with_grants(*, day: dt.date) -> QuerySet[Grant, int | None]:
    """The keys of the hospitals in which somebody holds a right at `day`, for a subquery."""
    held = Grant.objects.at(day).filter(establishment__isnull=False)
    return held.order_by().values_list("establishment", flat=True)


def account_sheet(*, user: User, day: dt.date, reader: User) -> AccountSheet:
    """What `user` may do, as `reader` may know it: all of one's own, of another's what lies in the
    scopes in which the reader gives rights, and how much else there is. Five queries at most."""
    holdings = holdings_made(_grants(day).filter(user=user))
    appointments = list(
        Appointment.objects.at(day)
        .filter(person__user=user)
        .select_related("establishment__region", "department", "role")
        .order_by("starts_on", "pk")
    )
    groups = list(user.groups.order_by("name").values_list("name", flat=True))
    known = [role for role in GROUP_ROLES if set(role.groups) & set(groups)]
    named = {name for role in known for name in role.groups}
    shown = holdings
    if reader.pk != user.pk:
        within = _Within(scopes_with_giving(user=reader, day=day))
        shown = [one for one in holdings if within.has_grant(one.first)]
        appointments = [one for one in appointments if within.has_appointment(one)]
    return AccountSheet(
        user=user,
        holdings=shown,
        appointments=appointments,
        group_roles=known,
        other_groups=[name for name in groups if name not in named],
        hidden=len(holdings) - len(shown),
    )


def holdings_made(grants: Iterable[Grant]) -> list[Holding]:
    """Grants put together, in the order of the first of each."""
    together: dict[tuple[object, ...], list[Grant]] = defaultdict(list)
    for grant in grants:
        together[_key(grant)].append(grant)
    return [Holding(tuple(rows)) for rows in together.values()]


def requests_to_decide(*, user: User, day: dt.date) -> QuerySet[AccessRequest]:
    """The requests that wait for this account or a colleague of hers, the oldest first: as
    `permissions.may_decide` says of each."""
    mine = Q(pk__in=())
    for scope in scopes_with_giving(user=user, day=day):
        mine |= _decided_from(scope)
    waiting = AccessRequest.objects.filter(mine, state=RequestState.PENDING).exclude(user=user)
    return waiting.select_related("user", "establishment__region").order_by("requested_at", "pk")


def _decided_from(scope: Scope) -> Q:
    roles = [role.key for role in ROLES if role.may_be_asked and scope.kind in role.given_by]
    places = {
        ScopeKind.NATION: Q(),
        ScopeKind.REGION: Q(establishment__region=scope.pk),
        ScopeKind.ESTABLISHMENT: Q(establishment=scope.pk),
        ScopeKind.DEPARTMENT: Q(pk__in=()),
    }
    return Q(role__in=roles) & places[scope.kind]


def requests_of(*, user: User) -> QuerySet[AccessRequest]:
    """What an account has asked for, the newest first."""
    own = AccessRequest.objects.filter(user=user)
    return own.select_related("establishment", "decided_by")


def _grants(day: dt.date) -> QuerySet[Grant]:
    """Those that hold at `day` or will, with all that a line shows."""
    rows = Grant.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return rows.select_related(
        "user__person", "granted_by", "department__establishment", "establishment", "region"
    ).order_by("starts_on", "pk")


def _key(grant: Grant) -> tuple[object, ...]:
    return (
        grant.user_id,
        Scope.of(grant),
        grant.starts_on,
        grant.ends_on,
        grant.granted_by_id,
    )
