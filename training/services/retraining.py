"""A training that changed materially has to be taken again from a day on.

No evidence is touched: who completed it before still did. Only what counts at a day changes.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.scopes import Scope
from training.models import Requirement, Retraining, Trainable
from training.signals import requirements_changed
from users.models import User
from users.services import audit_record


@transaction.atomic
def retraining_ask(
    *,
    trainable: Trainable,
    changed_on: dt.date,
    required_from: dt.date,
    reason: str,
    actor: User,
    today: dt.date,
) -> Retraining:
    """From `required_from` on, completions before `changed_on` count no longer.

    Raises ValidationError if it would change what counted yesterday, or ask before the change.
    """
    if required_from < today:
        raise ValidationError({"required_from": _("Choisissez aujourd’hui ou une date à venir.")})
    if changed_on > today:
        raise ValidationError({"changed_on": _("La modification doit avoir déjà eu lieu.")})
    retraining = Retraining(
        trainable=trainable,
        changed_on=changed_on,
        required_from=required_from,
        reason=reason,
        decided_by=actor,
    )
    retraining.full_clean()
    retraining.save()
    _announce(retraining, actor, "retraining.ask")
    return retraining


@transaction.atomic
def retraining_withdraw(*, retraining: Retraining, actor: User, today: dt.date) -> Retraining:
    """Take a retraining back: it is as if it had never been asked. Twice is as once."""
    retraining = Retraining.objects.select_for_update().get(pk=retraining.pk)
    if retraining.withdrawn_on is None:
        retraining.withdrawn_on = today
        retraining.save(update_fields=["withdrawn_on"])
        _announce(retraining, actor, "retraining.withdraw")
    return retraining


def _announce(retraining: Retraining, actor: User, action: str) -> None:
    audit_record(
        actor=actor,
        action=action,
        target=f"retraining:{retraining.pk}",
        details={
            "trainable": str(retraining.trainable.uid),
            "changed_on": retraining.changed_on.isoformat(),
            "required_from": retraining.required_from.isoformat(),
        },
    )
    requirements = list(Requirement.objects.filter(trainable=retraining.trainable))
    if requirements:
        requirements_changed.send(
            sender=Requirement,
            requirement_ids={one.pk for one in requirements},
            scopes=frozenset(map(Scope.of, requirements)),
        )
