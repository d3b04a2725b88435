"""Rights of accounts in scopes: given, prolonged and ended, never deleted."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import GrantRight
from organisation.models import Grant
from organisation.places import house_uid_of
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

    Whether `actor` may is asked by whoever calls; `access_give` does. Raises ValidationError if the
    interval is empty, the right is unknown, or `actor` gives it to herself.
    """
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("Personne ne s’habilite soi-même."))
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


@transaction.atomic
def grant_extend(*, grant: Grant, ends_on: dt.date, actor: User | None = None) -> Grant:
    """Let a grant hold until `ends_on` (excluded). Raises ValidationError if that is no later than
    its end, or if it ended meanwhile: what is over is given anew, so that the gap stays visible."""
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.ends_on is not None and grant.ends_on <= timezone.localdate():
        raise ValidationError(_("Cette habilitation a pris fin : accordez-en une nouvelle."))
    if grant.ends_on is None or ends_on <= grant.ends_on:
        raise ValidationError({"ends_on": _("Choisissez une date après la fin actuelle.")})
    grant.ends_on = ends_on
    grant.save(update_fields=["ends_on"])
    _record(grant, "grant.extend", actor)
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
        place=house_uid_of(scope),
    )
