"""Taking part in a meeting as a training: the national team names it, meetings count for it."""

from __future__ import annotations

from django.db import transaction

from training.enums import TrainableKind
from training.models import Trainable
from users.models import User
from users.services import audit_record


@transaction.atomic
def meeting_trainable_save(*, trainable: Trainable, title: str, actor: User) -> Trainable:
    """Name one, new or known. Evidence keeps the title that it had at its time.

    :raises ValidationError: the title is empty or too long.
    """
    is_new = trainable.pk is None
    trainable.kind, trainable.title = TrainableKind.MEETING, title.strip()
    trainable.full_clean()
    trainable.save()
    audit_record(
        actor=actor,
        action="trainable.create" if is_new else "trainable.update",
        target=f"trainable:{trainable.uid}",
        details={"kind": trainable.kind},
    )
    return trainable
