"""Rights of accounts in scopes: given and ended, never deleted."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.enums import GrantRight
from organisation.models import Grant
from organisation.scopes import Scope
from users.models import User
from users.services import audit_record


@transaction.atomic
def grant_give(
    *,
    user: User,
    right: GrantRight,
    scope: Scope,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    actor: User | None = None,
) -> Grant:
    """Give an account a right in a scope over ``[starts_on, ends_on)``.

    Raises ValidationError if the interval is empty or the right is unknown.
    """
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("La fin doit suivre le début.")})
    grant = Grant(
        user=user,
        right=right,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=actor,
        **scope.fields,
    )
    grant.full_clean()
    grant.save()
    _record(grant, "grant.give", actor)
    return grant


@transaction.atomic
def grant_end(*, grant: Grant, ends_on: dt.date, actor: User | None = None) -> Grant:
    """End a grant; `ends_on` is the first day it no longer holds.

    A day before its start takes it back altogether. An end that is already nearer stays: ending
    never prolongs.
    """
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    end = max(ends_on, grant.starts_on)
    if grant.ends_on is None or end < grant.ends_on:
        grant.ends_on = end
        grant.save(update_fields=["ends_on"])
        _record(grant, "grant.end", actor)
    return grant


def _record(grant: Grant, action: str, actor: User | None) -> None:
    scope = Scope.of(grant)
    audit_record(
        actor=actor,
        action=action,
        target=f"grant:{grant.pk}",
        details={
            "user": grant.user_id,
            "right": grant.right,
            "scope": scope.kind.value,
            "place": scope.pk,
            "starts_on": grant.starts_on.isoformat(),
            "ends_on": grant.ends_on and grant.ends_on.isoformat(),
        },
    )
