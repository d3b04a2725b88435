"""Completions, projected from statements.

A completion is a statement of a trusted source that says that a known person completed one of our
modules, and does not say that it failed. Whatever else comes over the wire completes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lrs.identifiers import activity_uid
from lrs.projectors import Outcome, StoredStatement, projector_register
from lrs.xapi.vocabulary import verbs
from organisation.models import Person
from training.models import Completion, Trainable
from training.signals import completions_changed

MODULE = "module"  # the kind in the activity ids of trainables


def register() -> None:
    projector_register(
        verbs=frozenset({verbs.COMPLETED}),
        projector=completions_project,
        clear=completions_clear,
        retract=completions_retract,
        describe=completions_describe,
    )


def completions_clear() -> None:
    Completion.objects.all().delete()


def completions_project(statements: Sequence[StoredStatement]) -> None:
    """Add the completions that `statements` prove; harmless when they are there already."""
    proofs = [statement for statement in statements if _proves_completion(statement)]
    people = _by_uid(Person, {_person_uid(one) for one in proofs})
    trainables = _by_uid(Trainable, {_trainable_uid(one) for one in proofs})
    completions = [
        Completion(
            person_id=people[person_uid],
            trainable_id=trainables[trainable_uid],
            completed_at=statement.timestamp,
            score_scaled=_score(statement),
            statement_id=statement.statement_id,
        )
        for statement in proofs
        if (person_uid := _person_uid(statement)) in people
        and (trainable_uid := _trainable_uid(statement)) in trainables
    ]
    if completions:
        Completion.objects.bulk_create(completions, ignore_conflicts=True)
        _announce(completions)


def completions_retract(statements: Sequence[StoredStatement]) -> None:
    """Take back the completions whose statements have been voided."""
    voided = list(
        Completion.objects.filter(statement_id__in=[one.statement_id for one in statements])
    )
    if voided:
        Completion.objects.filter(pk__in=[one.pk for one in voided]).delete()
        _announce(voided)


def completions_describe(
    statements: Sequence[StoredStatement],
) -> dict[uuid.UUID, list[Outcome]]:
    """The completion of each statement that proves one; whose it is, the statement's actor says."""
    completions = Completion.objects.filter(
        statement_id__in=[one.statement_id for one in statements]
    ).select_related("trainable")
    return {one.statement_id: [Outcome(_told(one))] for one in completions}


def _told(completion: Completion) -> str:
    day = date_format(timezone.localtime(completion.completed_at), "DATE_FORMAT")
    return _("Formation validée : « %(title)s », le %(day)s") % {
        "title": completion.trainable.title,
        "day": day,
    }


def _proves_completion(statement: StoredStatement) -> bool:
    result = statement.payload.get("result", {})
    return (
        statement.is_trusted
        and result.get("completion") is not False
        and result.get("success") is not False
        and _trainable_uid(statement) is not None
        and _person_uid(statement) is not None
    )


def _person_uid(statement: StoredStatement) -> uuid.UUID | None:
    try:
        return uuid.UUID(statement.account_name or "")
    except ValueError:
        return None


def _trainable_uid(statement: StoredStatement) -> uuid.UUID | None:
    return activity_uid(MODULE, statement.activity_id or "")


def _score(statement: StoredStatement) -> float | None:
    scaled: float | None = statement.payload.get("result", {}).get("score", {}).get("scaled")
    return scaled


def _by_uid(
    model: type[Person] | type[Trainable], uids: set[uuid.UUID | None]
) -> dict[uuid.UUID | None, int]:
    known = {uid for uid in uids if uid is not None}
    return dict(model._default_manager.filter(uid__in=known).values_list("uid", "pk"))


def _announce(completions: list[Completion]) -> None:
    completions_changed.send(
        sender=Completion,
        person_ids={one.person_id for one in completions},
        trainable_ids={one.trainable_id for one in completions},
    )
