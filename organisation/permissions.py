"""Who may do what, where. All of it follows from grants: being a superuser gives nothing here,
for the right to run a site is not the right to read who was trained. The admin's own screens are
opened by permissions of the account.

A scope contains those below it: nation ⊃ region ⊃ establishment ⊃ department. What each role holds
and who gives it stands in `roles_of_access`.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet

from organisation.enums import GrantRight, ScopeKind
from organisation.models import AccessRequest, Department, Establishment, Grant, HeadcountImport
from organisation.roles_of_access import Role, scopes_that_give
from organisation.scopes import Scope
from users.models import User

DECLARE_HEADCOUNTS = "organisation.add_headcount"
IMPORT_ROSTERS = "organisation.add_rosterimport"
MERGE_PEOPLE = "organisation.merge_person"
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


# The grants are those of `Grant.objects.at`.
_HOUSE_WITH_RIGHTS = """
SELECT e.*, g."right" AS held
FROM organisation_establishment e
  LEFT JOIN organisation_grant g ON g.establishment_id = e.id AND g.scope = 'establishment'
    AND g.user_id = %(user)s AND g.starts_on <= %(day)s
    AND (g.ends_on IS NULL OR g.ends_on > %(day)s)
WHERE e.uid = %(uid)s
"""


def house_with_rights(
    *, user: User | AnonymousUser, uid: uuid.UUID, day: dt.date
) -> tuple[Establishment, frozenset[GrantRight]]:
    """An establishment, and the rights that somebody holds in it by grants of it, which is what
    `may_see_names` and `may_manage_training` ask for one at a time: for a page that shows what each
    of them opens, and is opened often. One query, whose SQL stands ready. Raises
    Establishment.DoesNotExist."""
    holder = user.pk if isinstance(user, User) and user.is_active else None
    asked = {
        "user": holder,
        "day": connection.ops.adapt_datefield_value(day),
        "uid": Establishment._meta.get_field("uid").get_db_prep_value(uid, connection),
    }
    found: list[Any] = list(Establishment.objects.raw(_HOUSE_WITH_RIGHTS, asked))
    if not found:
        raise Establishment.DoesNotExist
    return found[0], frozenset(GrantRight(one.held) for one in found if one.held)


def scopes_with_headcounts(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """Where somebody declares how many people work: in the establishments whose training she
    organises; everywhere for those whom the admin lets declare.

    A headcount is of a whole house, so a department's grant is not enough; and the region and the
    nation read these figures, so they do not make them.
    """
    if isinstance(user, User) and user.is_active and user.has_perm(DECLARE_HEADCOUNTS):
        return frozenset({Scope.nation()})
    return frozenset(
        held
        for held in _held(user, GrantRight.MANAGE_TRAINING, day)
        if held.kind == ScopeKind.ESTABLISHMENT
    )


def may_declare_headcounts(
    *, user: User | AnonymousUser, establishment: Establishment, day: dt.date
) -> bool:
    """Seeing an establishment's roles with their gaps, and declaring for them."""
    scopes = scopes_with_headcounts(user=user, day=day)
    return bool(scopes & {Scope.nation(), Scope.establishment(establishment)})


def may_go_on_with_headcounts(*, user: User, counts: HeadcountImport, day: dt.date) -> bool:
    """A file of one establishment is of all who declare there; one of several, its sender's, who
    alone knows for which of them she answers."""
    if counts.establishment is not None:
        return may_declare_headcounts(user=user, establishment=counts.establishment, day=day)
    is_own = counts.requested_by_id == user.pk
    return is_own and bool(scopes_with_headcounts(user=user, day=day))


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


def scopes_with_meetings(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The regions, or the nation, whose meetings a user organises."""
    return frozenset(
        held
        for held in _held(user, GrantRight.ORGANISE_MEETINGS, day)
        if held.kind in {ScopeKind.REGION, ScopeKind.NATION}
    )


def may_organise_meetings(*, user: User | AnonymousUser, scope: Scope, day: dt.date) -> bool:
    """The meetings of a region, with the names of those who come."""
    return bool(scopes_with_meetings(user=user, day=day) & _enclosing(scope))


def scopes_with_coverage(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The scopes a user was given to read; empty for those whom the report is not for."""
    return _held(user, GrantRight.READ_COVERAGE, day)


def scopes_with_giving(*, user: User | AnonymousUser, day: dt.date) -> frozenset[Scope]:
    """The scopes in which a user gives rights to others."""
    return _held(user, GrantRight.GIVE_ACCESS, day)


def may_see_grants(*, user: User | AnonymousUser, scope: Scope, day: dt.date) -> bool:
    """Who holds what in a place is for those who answer for it: who gives rights there."""
    return bool(scopes_with_giving(user=user, day=day) & _enclosing(scope))


def may_read_journal(
    *, user: User | AnonymousUser, establishment: Establishment, day: dt.date
) -> bool:
    """The acts in a house, by name, are for those who give rights in it from within: they answer
    for what comes of them. The region and the nation see no names."""
    return Scope.establishment(establishment) in scopes_with_giving(user=user, day=day)


def kinds_that_give(
    *, user: User | AnonymousUser, scope: Scope, day: dt.date
) -> frozenset[ScopeKind]:
    """From which kinds of scope a user gives rights in a place: what `can_give` asks for, so that a
    screen with many grants of one hospital asks once."""
    return frozenset(
        held.kind for held in scopes_with_giving(user=user, day=day) & _enclosing(scope)
    )


def can_give(
    *, kinds: frozenset[ScopeKind], rights: Iterable[GrantRight], scope: ScopeKind
) -> bool:
    """Only what the table of roles lets one of these kinds of scope give, and all of it."""
    asked = frozenset(rights)
    return bool(asked) and all(kinds & scopes_that_give(one, scope) for one in asked)


def may_give_role(*, user: User | AnonymousUser, role: Role, scope: Scope, day: dt.date) -> bool:
    """Rights are given by those above: from a scope that contains the new one, in a place of the
    role's kind."""
    kinds = kinds_that_give(user=user, scope=scope, day=day)
    return role.scope == scope.kind and can_give(kinds=kinds, rights=role.rights, scope=scope.kind)


def may_change_grants(*, user: User | AnonymousUser, grants: Iterable[Grant], day: dt.date) -> bool:
    """Who might give these may end or prolong them; but never her own, not even to end them: a
    place is not left without anybody by mistake."""
    held = list(grants)
    return bool(held) and all(
        grant.user_id != user.pk
        and can_give(
            kinds=kinds_that_give(user=user, scope=Scope.of(grant), day=day),
            rights=[GrantRight(grant.right)],
            scope=ScopeKind(grant.scope),
        )
        for grant in held
    )


def may_decide(*, user: User | AnonymousUser, request: AccessRequest, day: dt.date) -> bool:
    """Who may give what is asked for decides, and reads the proof; never on her own request."""
    scope = Scope(ScopeKind.ESTABLISHMENT, request.establishment_id)
    return request.user_id != user.pk and may_give_role(
        user=user, role=request.asked, scope=scope, day=day
    )


def held_rows(*, user: User, day: dt.date) -> QuerySet[Grant, tuple[str, str]]:
    """(right, scope kind) of each grant that holds; not asked for yet, so that the frame of a page
    can ask for something else in the same query."""
    return Grant.objects.at(day).filter(user=user).order_by().values_list("right", "scope")


def declares_headcounts(rows: Iterable[tuple[str, str]]) -> bool:
    """Whether such rows let somebody declare headcounts, as `scopes_with_headcounts` says."""
    return (GrantRight.MANAGE_TRAINING, ScopeKind.ESTABLISHMENT) in {tuple(row) for row in rows}


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


def may_import_rosters(*, user: User | AnonymousUser) -> bool:
    """Staff lists enter and end the appointments of whole hospitals: operators and the national
    team do it in the admin, by a permission of their own."""
    return bool(user.is_active and user.has_perm(IMPORT_ROSTERS))


def may_merge_people(*, user: User | AnonymousUser) -> bool:
    """Making one of two rows of people cannot be undone, and moves appointments between hospitals
    and the record of training to an account: whoever may, in the admin, by a permission of its
    own. It gives nobody's rights to anybody else."""
    return bool(user.is_active and user.has_perm(MERGE_PEOPLE))
