"""Who may read which coverage, and which reach.

Every view of the room asks here, and nothing else decides.

Figures of any day, and names, are for managers of the establishment or department itself. Those who
answer for a region or the nation read the frozen monthly grid, in which small groups are hidden: a
live table that follows the reader's date and filters would give away what the grid hides.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from meetings.editing.pages import writes_meetings_only
from organisation.enums import GrantRight, ScopeKind
from organisation.models import Department, Establishment, Region
from organisation.permissions import (
    NAMED_SCOPES,
    house_with_rights,
    may_manage_training,
    may_read_coverage,
    may_see_names,
    scopes_with_communication,
    scopes_with_coverage,
)
from organisation.scopes import Scope
from reporting.places import Place, place_scope
from users.models import User

Reader = User | AnonymousUser
EDITING = {"add", "change", "publish"}

FOLLOW_FIGURES = "reporting.view_ledgerstate"
OPERATOR_PERMISSIONS = (FOLLOW_FIGURES,)
"""What the group of operators holds."""


def can_read_establishment(reader: Reader, establishment: Establishment) -> bool:
    """The live table and the names: for the establishment's own managers."""
    return may_see_names(user=reader, scope=Scope.establishment(establishment), day=_today())


@dataclass(frozen=True, slots=True)
class HouseRights:
    """What a reader may do in an establishment: `can_read_establishment`, and of its training
    `can_hand_out_attestations`, `can_remind` and `can_set_objectives`."""

    may_read: bool
    may_train: bool


def house_read(reader: Reader, uid: uuid.UUID) -> tuple[Establishment, HouseRights]:
    """For a page that shows what each of them opens. One query.

    Raises Establishment.DoesNotExist.
    """
    place, held = house_with_rights(user=reader, uid=uid, day=_today())
    return place, HouseRights(
        may_read=GrantRight.READ_COVERAGE in held, may_train=GrantRight.MANAGE_TRAINING in held
    )


def can_read_department(reader: Reader, department: Department) -> bool:
    """The live table and the names: for the department's managers and its establishment's."""
    return may_see_names(user=reader, scope=Scope.department(department), day=_today())


def can_read_grid_of_establishment(reader: Reader, establishment: Establishment) -> bool:
    """The frozen grid: for the establishment's managers, its region's and the nation's."""
    scope = Scope.establishment(establishment)
    return may_read_coverage(user=reader, scope=scope, day=_today())


def can_read_region(reader: Reader, region: Region) -> bool:
    return may_read_coverage(user=reader, scope=Scope.region(region), day=_today())


def can_read_nation(reader: Reader) -> bool:
    return may_read_coverage(user=reader, scope=Scope.nation(), day=_today())


def can_read_observatory(reader: Reader) -> bool:
    """Regions, families and sizes beside each other: for those who answer for a region or the
    nation.

    Whoever compares her region has to see the others. Their totals are cells of the same grid,
    whose suppression supposes that one reader holds all of them; single establishments of another
    region are not shown.
    """
    held = scopes_with_coverage(user=reader, day=_today())
    return any(scope.kind in {ScopeKind.REGION, ScopeKind.NATION} for scope in held)


def readable_regions(reader: Reader) -> frozenset[int] | None:
    """The regions, by primary key, whose own pages somebody reads; None for all of them."""
    held = scopes_with_coverage(user=reader, day=_today())
    if Scope.nation() in held:
        return None
    return frozenset(scope.place_pk for scope in held if scope.kind == ScopeKind.REGION)


def can_read_place(reader: Reader, place: Place) -> bool:
    """Its own coverage, in the form that is this reader's: live or frozen. None is the nation.

    Who reads it takes its papers away: the board's page, the evidence, the monthly mail.
    """
    return can_read_scope(reader, place_scope(place))


def can_hand_out_attestations(reader: Reader, place: Department | Establishment) -> bool:
    """All of a place's attestations at once: for those who organise its training.

    Reading the coverage is not enough. A name on a list serves to speak to somebody; a paper about
    somebody can be shown around, so whoever takes them away in numbers answers for the training.
    """
    return may_manage_training(user=reader, scope=_scope(place), day=_today())


def can_remind(reader: Reader, place: Department | Establishment) -> bool:
    """Have people reminded by mail: for those who organise the training there and read its names.

    A mail in the name of the house is more than reading a list; and who may not see whom it is
    about does not choose them.
    """
    may_read = (
        can_read_department(reader, place)
        if isinstance(place, Department)
        else can_read_establishment(reader, place)
    )
    return may_read and may_manage_training(user=reader, scope=_scope(place), day=_today())


def can_read_scope(reader: Reader, scope: Scope) -> bool:
    """What is followed of a scope, its objectives: near, for those who read its live figures;
    region and nation, for those who read its grid."""
    if scope.kind in NAMED_SCOPES:
        return may_see_names(user=reader, scope=scope, day=_today())
    return may_read_coverage(user=reader, scope=scope, day=_today())


def can_set_objectives(reader: Reader, scope: Scope) -> bool:
    """Near, for those who organise the training and read its figures. Nobody organises the training
    of a region or of the nation: there it is for those who answer for its figures."""
    if not can_read_scope(reader, scope):
        return False
    is_near = scope.kind in NAMED_SCOPES
    return not is_near or may_manage_training(user=reader, scope=scope, day=_today())


def edits_assets(reader: Reader) -> bool:
    """Whether somebody writes or publishes pages, wherever it is but among a region's meetings."""
    edits = page_permission_policy.user_has_any_permission(reader, EDITING)
    return bool(edits and not writes_meetings_only(reader))


def reach_scopes(reader: User) -> frozenset[Scope]:
    """Whose reach somebody reads: those that she speaks for; the nation's who edits assets.

    Counts of files and codes reveal nobody, so the whole campaign's are open to all of them.
    Raises PermissionDenied for everybody else.
    """
    scopes = scopes_with_communication(user=reader, day=_today())
    if edits_assets(reader):
        scopes |= {Scope.nation()}
    if not scopes:
        raise PermissionDenied(
            _(
                "La portée de la campagne est réservée aux personnes qui la publient ou qui "
                "adaptent ses supports pour un établissement."
            )
        )
    return scopes


def may_follow_figures(reader: Any) -> bool:
    """Whether somebody sees how the counting goes, and no figure of it."""
    return bool(reader.is_active and reader.has_perm(FOLLOW_FIGURES))


def require(is_allowed: bool) -> None:
    """Raise PermissionDenied, in words the reader understands, unless allowed."""
    if not is_allowed:
        raise PermissionDenied(
            _("Cette couverture est réservée aux personnes habilitées pour ce lieu.")
        )


def no_grant() -> PermissionDenied:
    return PermissionDenied(
        _(
            "Votre compte n’a pas d’habilitation pour lire la couverture des formations. "
            "Vos propres formations sont dans votre espace."
        )
    )


def _scope(place: Department | Establishment) -> Scope:
    if isinstance(place, Department):
        return Scope.department(place)
    return Scope.establishment(place)


def _today() -> dt.date:
    return timezone.localdate()
