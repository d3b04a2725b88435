"""Asking for people to be reminded."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from notifications.services import run_begin
from organisation.models import Department, Establishment, RoleFamily, StaffRole
from organisation.places import house_uid
from organisation.scopes import Scope
from reporting.models import Reminding
from training.models import Trainable
from users.models import User
from users.services import audit_record

from .composing import KIND


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of the list."""

    role_family: RoleFamily | None = None
    role: StaffRole | None = None
    trainable: Trainable | None = None
    is_overdue_only: bool = False


@transaction.atomic
def reminding_ask(
    *,
    uid: uuid.UUID,
    place: Department | Establishment,
    choice: Choice,
    people: int,
    actor: User,
    now: dt.datetime,
) -> Reminding:
    """Have those who are missing there reminded, in the background; whoever asks may do so.

    The same `uid` asks once, however often it is sent.
    """
    is_department = isinstance(place, Department)
    scope = Scope.department(place) if is_department else Scope.establishment(place)  # type: ignore[arg-type]
    reminding, is_new = Reminding.objects.get_or_create(
        uid=uid,
        defaults={
            **scope.fields,
            "role_family": choice.role_family,
            "role": choice.role,
            "trainable": choice.trainable,
            "is_overdue_only": choice.is_overdue_only,
            "people": people,
            "asked_by": actor,
            "asked_at": now,
        },
    )
    if not is_new:
        return reminding
    run_begin(kind=KIND, period=str(reminding.pk))
    audit_record(
        actor=actor,
        action="coverage.remind",
        target=f"reminding:{reminding.uid}",
        details={
            "place": f"{scope.kind.value}:{place.uid}",
            "people": people,
            "role_family": choice.role_family.code if choice.role_family else "",
            "role": choice.role.code if choice.role else "",
            "trainable": str(choice.trainable.uid) if choice.trainable else "",
            "overdue_only": choice.is_overdue_only,
        },
        place=house_uid(place),
    )
    return reminding
