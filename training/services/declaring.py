"""Declaring that others followed a training, and taking it back.

Each declaration is a record; its statement takes id and time from it. So declaring the same twice
stores one statement, and a rebuild gives the same completions.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lrs.services import PLATFORM, atomic_repeated, statements_store
from organisation.models import Person
from training import statements
from training.enums import Provenance
from training.models import DeclaredCompletion, Trainable
from users.models import User
from users.services import audit_record

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Declaration:
    """This person followed this training then."""

    person: Person
    trainable: Trainable
    completed_at: dt.datetime

    @property
    def key(self) -> tuple[int, int, dt.datetime]:
        return self.person.pk, self.trainable.pk, self.completed_at


@dataclass(frozen=True, slots=True)
class DeclarationsMade:
    """`rows` in the order they were asked for, those that stood already among them."""

    rows: list[DeclaredCompletion]
    new_count: int


@atomic_repeated
def completions_declare(
    *,
    declarations: Sequence[Declaration],
    provenance: Provenance,
    instructor: Person,
    actor: User,
    now: dt.datetime,
    about: str,
) -> DeclarationsMade:
    """Keep these declarations, and store their statements in one batch.

    What stands already (same person, training, time and provenance) is left as it is. `about` says
    in the audit log what they belong to, such as ``team_session:<uid>``. Raises ValueError for a
    provenance that is no declaration.
    """
    if not provenance.is_declared:
        raise ValueError("Nobody declares what the platform observed.")
    _wait_for_others(declarations)
    standing = _standing(declarations, provenance)
    batch = uuid.uuid4()
    new = {
        one.key: DeclaredCompletion(
            person=one.person,
            trainable=one.trainable,
            completed_at=one.completed_at,
            provenance=provenance,
            instructor=instructor,
            batch=batch,
            declared_at=now,
        )
        for one in declarations
        if one.key not in standing
    }
    DeclaredCompletion.objects.bulk_create(new.values(), batch_size=BATCH)
    if new:
        said = [statements.declared(row) for row in new.values()]
        statements_store(statements=said, source=PLATFORM)
        _record(new.values(), actor=actor, action="training.declare", about=about)
    rows = standing | new
    return DeclarationsMade([rows[one.key] for one in declarations], len(new))


@atomic_repeated
def completions_withdraw(
    *,
    declarations: Iterable[DeclaredCompletion],
    withdrawn_by: Person,
    actor: User,
    now: dt.datetime,
    about: str,
) -> int:
    """Take declarations back: their statements are voided, and the completions go. The records
    stay. Returns how many still stood."""
    standing = list(
        DeclaredCompletion.objects.standing()
        .select_for_update()
        .filter(pk__in=[one.pk for one in declarations])
        .order_by("pk")
    )
    for row in standing:
        row.withdrawn_at, row.withdrawn_by = now, withdrawn_by
    DeclaredCompletion.objects.bulk_update(
        standing, ["withdrawn_at", "withdrawn_by"], batch_size=BATCH
    )
    if standing:
        said = [statements.withdrawn(row) for row in standing]
        statements_store(statements=said, source=PLATFORM)
        _record(standing, actor=actor, action="training.withdraw", about=about)
    return len(standing)


def _wait_for_others(declarations: Sequence[Declaration]) -> None:
    """Two who declare the same at once come one after the other."""
    trainable_ids = {one.trainable.pk for one in declarations}
    list(Trainable.objects.select_for_update().filter(pk__in=trainable_ids).order_by("pk"))


def _standing(
    declarations: Sequence[Declaration], provenance: Provenance
) -> dict[tuple[int, int, dt.datetime], DeclaredCompletion]:
    """Those that stand among these, by key; a query a thousand people."""
    wanted = {one.key for one in declarations}
    people = sorted({one.person.pk for one in declarations})
    found: dict[tuple[int, int, dt.datetime], DeclaredCompletion] = {}
    for offset in range(0, len(people), BATCH):
        rows = DeclaredCompletion.objects.standing().filter(
            provenance=provenance, person__in=people[offset : offset + BATCH]
        )
        for row in rows:
            key = (row.person_id, row.trainable_id, row.completed_at)
            if key in wanted:
                found[key] = row
    return found


def _record(rows: Iterable[DeclaredCompletion], *, actor: User, action: str, about: str) -> None:
    rows = list(rows)
    audit_record(
        actor=actor,
        action=action,
        target=about,
        details={
            "declarations": len(rows),
            "provenance": rows[0].provenance,
            "batch": str(rows[0].batch),
            "uids": [str(row.uid) for row in rows[:50]],
        },
    )
