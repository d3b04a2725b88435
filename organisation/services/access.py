"""Roles as people give them: a role is some grants at once, asked of the rules and then written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.enums import GrantRight
from organisation.models import Grant
from organisation.permissions import may_change_grants, may_give_role
from organisation.roles_of_access import Role
from organisation.scopes import Scope
from users.models import User

from .grants import grant_end, grant_extend, grant_give

LONGEST = dt.timedelta(days=3 * 366)
"""A right is looked at again after three years at the latest."""


@transaction.atomic
def access_give(
    *, user: User, role: Role, scope: Scope, today: dt.date, ends_on: dt.date, actor: User
) -> list[Grant]:
    """Give an account a role over ``[today, ends_on)``; what it holds already lasts as long.

    Raises PermissionDenied if `actor` may not, ValidationError if she gives it to herself, if the
    end is not within reason, or if there is nothing to add.
    """
    if not may_give_role(user=actor, role=role, scope=scope, day=today):
        raise PermissionDenied(_("Vous ne pouvez pas accorder ce rôle ici."))
    if actor.pk == user.pk:
        raise ValidationError(_("Personne ne s’habilite soi-même."))
    _check_end(ends_on, today)
    # Two who give at the same moment: the second sees what the first gave.
    User.objects.select_for_update().get(pk=user.pk)
    held = {
        GrantRight(grant.right): grant
        for grant in Grant.objects.at(today).filter(user=user, **scope.fields)
    }
    written = []
    for right in sorted(role.rights):
        grant = held.get(right)
        if grant is None:
            written.append(
                grant_give(
                    user=user,
                    right=right,
                    scope=scope,
                    starts_on=today,
                    ends_on=ends_on,
                    actor=actor,
                )
            )
        elif grant.ends_on is not None and grant.ends_on < ends_on:
            written.append(grant_extend(grant=grant, ends_on=ends_on, actor=actor))
    if not written:
        raise ValidationError(_("Ce compte a déjà ce rôle ici, au moins jusqu’à cette date."))
    return written


@transaction.atomic
def access_extend(
    *, grants: Sequence[Grant], today: dt.date, ends_on: dt.date, actor: User
) -> None:
    """Let these grants hold longer, all or none. Raises PermissionDenied or ValidationError."""
    if not may_change_grants(user=actor, grants=grants, day=today):
        raise PermissionDenied(_("Vous ne pouvez pas prolonger cette habilitation."))
    _check_end(ends_on, today)
    for grant in grants:
        grant_extend(grant=grant, ends_on=ends_on, actor=actor)


@transaction.atomic
def access_end(*, grants: Sequence[Grant], today: dt.date, actor: User) -> None:
    """End these grants: from today on they no longer hold. Raises PermissionDenied."""
    if not may_change_grants(user=actor, grants=grants, day=today):
        raise PermissionDenied(_("Vous ne pouvez pas mettre fin à cette habilitation."))
    for grant in grants:
        grant_end(grant=grant, ends_on=today, actor=actor)


def _check_end(ends_on: dt.date, today: dt.date) -> None:
    if ends_on <= today:
        raise ValidationError({"ends_on": _("La fin doit être à venir.")})
    if ends_on > today + LONGEST:
        raise ValidationError({"ends_on": _("Trois ans au plus : un droit se réexamine.")})
