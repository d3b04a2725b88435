"""Objectives are set, changed and ended; each act is on record with what was before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation.models import RoleFamily, StaffRole
from organisation.places import house_uid_of
from organisation.scopes import Scope
from reporting.models import Objective
from training.models import Trainable
from users.models import User
from users.services import audit_record


@dataclass(frozen=True, slots=True)
class Target:
    """Who is to be up to date in what."""

    role_family: RoleFamily | None = None
    role: StaffRole | None = None
    trainable: Trainable | None = None


def objective_set(
    *,
    scope: Scope,
    target: Target,
    percent: int,
    due_on: dt.date,
    actor: User,
    now: dt.datetime,
) -> Objective:
    """Set an objective in a scope; whoever sets it may do so there.

    Raises ValidationError, also if one with the same target stands there.
    """
    objective = Objective(
        **scope.fields,
        role_family=target.role_family,
        role=target.role,
        trainable=target.trainable,
        percent=percent,
        due_on=due_on,
        set_by=actor,
        set_at=now,
    )
    objective.full_clean()
    try:
        with transaction.atomic():
            objective.save()
            _record(objective, "objective.set", actor, percent=percent, due_on=str(due_on))
    except IntegrityError as error:  # set by somebody else in between
        raise ValidationError(_("Un objectif en cours porte déjà sur ces personnes.")) from error
    return objective


@transaction.atomic
def objective_change(
    *, objective: Objective, percent: int, due_on: dt.date, actor: User
) -> Objective:
    """Another share or another day. Raises ValidationError if it was ended."""
    stored = _locked(objective)
    before = {"percent": stored.percent, "due_on": str(stored.due_on)}
    stored.percent, stored.due_on = percent, due_on
    stored.full_clean()
    after = {"percent": percent, "due_on": str(due_on)}
    if after != before:
        stored.save(update_fields=["percent", "due_on"])
        _record(stored, "objective.change", actor, before=before, after=after)
    return stored


@transaction.atomic
def objective_end(*, objective: Objective, actor: User, now: dt.datetime) -> Objective:
    """Follow it no longer; it stays on record. Raises ValidationError if it was ended."""
    stored = _locked(objective)
    stored.ended_by, stored.ended_at = actor, now
    stored.save(update_fields=["ended_by", "ended_at"])
    _record(stored, "objective.end", actor, percent=stored.percent, due_on=str(stored.due_on))
    return stored


def _locked(objective: Objective) -> Objective:
    stored = Objective.objects.select_for_update().get(pk=objective.pk)
    if stored.ended_at is not None:
        raise ValidationError(_("Cet objectif est déjà terminé."))
    return stored


def _record(objective: Objective, action: str, actor: User, **details: object) -> None:
    scope = Scope.of(objective)
    audit_record(
        actor=actor,
        action=action,
        target=f"objective:{objective.uid}",
        details={
            "scope": scope.kind.value,
            "place": getattr(objective.place, "name", ""),
            "role_family": objective.role_family.code if objective.role_family else "",
            "role": objective.role.code if objective.role else "",
            "trainable": str(objective.trainable.uid) if objective.trainable else "",
            **details,
        },
        place=house_uid_of(scope),
    )
