"""Who sees which door in the frame of the site. What lies behind a door checks again on its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q, Value
from django.utils import timezone

from organisation.enums import GrantRight
from organisation.permissions import declares_headcounts, held_rows, rights_of
from users.models import User

_EDITS = "edits"


@dataclass(frozen=True, slots=True)
class Doors:
    """What the frame offers a reader beyond everybody's pages."""

    can_edit_site: bool = False
    can_see_coverage: bool = False
    can_train_team: bool = False
    can_declare_headcounts: bool = False
    can_communicate: bool = False
    can_organise_meetings: bool = False
    can_give_access: bool = False


def doors(user: User | AnonymousUser) -> Doors:
    """«Rédaction» for editors, «Couverture», «Former mon équipe», «Effectifs», «Atelier»,
    «Rencontres à tenir», «Habilitations». One query, for it is asked on every page; the permission
    is read as Django's own backend reads it."""
    if not isinstance(user, User) or not user.is_active:
        return Doors()
    editing = (
        Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        .filter(Q(user=user) | Q(group__user=user))
        .order_by()
        .values_list(Value(_EDITS), Value(""))
    )
    rows = list(held_rows(user=user, day=timezone.localdate()).union(editing))
    rights = rights_of(row for row in rows if row[0] != _EDITS)
    return Doors(
        can_edit_site=user.is_superuser or (_EDITS, "") in rows,
        can_see_coverage=GrantRight.READ_COVERAGE in rights,
        can_train_team=GrantRight.MANAGE_TRAINING in rights,
        can_declare_headcounts=declares_headcounts(rows),
        can_communicate=GrantRight.COMMUNICATE in rights,
        can_organise_meetings=GrantRight.ORGANISE_MEETINGS in rights,
        can_give_access=GrantRight.GIVE_ACCESS in rights,
    )
