"""Completions, projected from statements.

A completion is a statement of a trusted source that says that a known person completed one of our
modules, and does not say that it failed; or that she attended what one of our trainings is the
parent of, such as a meeting. Whatever else comes over the wire completes nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lrs import libpq
from lrs.identifiers import activity_uid
from lrs.projectors import Outcome, StoredStatement, projector_register
from lrs.xapi.jsontext import dumps
from lrs.xapi.vocabulary import verbs
from training.enums import Provenance
from training.models import Completion
from training.provenance import provenance_of
from training.signals import completions_changed

_INSERT = """
WITH given AS ({})
INSERT INTO training_completion
  (person_id, trainable_id, completed_at, score_scaled, provenance, statement_id)
SELECT person.id, trainable.id, given.completed_at, given.score_scaled, given.provenance,
  given.statement_id
FROM given
JOIN organisation_person AS person ON person.id = COALESCE(
  (SELECT own.id FROM organisation_person AS own WHERE own.uid = given.person),
  (SELECT former.person_id FROM organisation_personalias AS former WHERE former.uid = given.person))
JOIN training_trainable AS trainable ON trainable.uid = given.trainable
WHERE true
ON CONFLICT DO NOTHING
RETURNING person_id, trainable_id
"""
_INSERT_POSTGRESQL = _INSERT.format("""
  SELECT * FROM json_to_recordset($1::json) AS given(
    person uuid, trainable uuid, completed_at timestamptz, score_scaled float8, provenance text,
    statement_id uuid)
""").encode()
_INSERT_SQLITE = _INSERT.format("""
  SELECT value->>'person' AS person, value->>'trainable' AS trainable,
    value->>'completed_at' AS completed_at, value->>'score_scaled' AS score_scaled,
    value->>'provenance' AS provenance, value->>'statement_id' AS statement_id
  FROM json_each(%s)
""")

MODULE = "module"  # the kind in the activity ids of trainables
VERBS = frozenset({verbs.COMPLETED, verbs.ATTENDED})


def register() -> None:
    projector_register(
        verbs=VERBS,
        projector=completions_project,
        clear=completions_clear,
        retract=completions_retract,
        describe=completions_describe,
    )


def completions_clear() -> None:
    """What is derived again is told again; what is not would otherwise stay counted."""
    people = set(Completion.objects.order_by().values_list("person_id", flat=True).distinct())
    trainables = set(
        Completion.objects.order_by().values_list("trainable_id", flat=True).distinct()
    )
    Completion.objects.all().delete()
    if people:
        completions_changed.send(sender=Completion, person_ids=people, trainable_ids=trainables)


def completions_project(statements: Sequence[StoredStatement]) -> None:
    """Add the completions that `statements` prove; harmless when they are there already."""
    proofs = [statement for statement in statements if _proves_completion(statement)]
    if proofs:
        _announce(_insert(proofs))


def _insert(proofs: Sequence[StoredStatement]) -> list[tuple[int, int]]:
    """Insert what is new; answers the pairs of person and trainable.

    One command, for each learner's last click waits for it: it finds people and trainings that are
    known and leaves the others out, at a tenth of the cost of three query sets. A uid may be that
    of a row that was merged into another: it is that one's.
    """
    if connection.vendor == "postgresql":
        rows = libpq.rows(_INSERT_POSTGRESQL, [dumps(list(map(_record, proofs))).encode()])
        return [(int(person or 0), int(trainable or 0)) for person, trainable in rows]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_SQLITE, [dumps(list(map(_record, proofs)))])
        return list(cursor.fetchall())


def _record(proof: StoredStatement) -> dict[str, Any]:
    """What a proof says, as JSON; SQLite keeps uids and times as texts in forms of its own."""
    person, trainable, moment = _person_uid(proof), _trainable_uid(proof), proof.timestamp
    assert person is not None  # of what proves a completion both are known
    assert trainable is not None
    is_sqlite = connection.vendor == "sqlite"
    return {
        "person": person.hex if is_sqlite else str(person),
        "trainable": trainable.hex if is_sqlite else str(trainable),
        "completed_at": str(moment.replace(tzinfo=None)) if is_sqlite else moment.isoformat(),
        "score_scaled": _score(proof),
        "provenance": provenance_of(proof.payload).value,
        "statement_id": proof.statement_id.hex if is_sqlite else str(proof.statement_id),
    }


def completions_retract(statements: Sequence[StoredStatement]) -> None:
    """Take back the completions whose statements have been voided."""
    voided = list(
        Completion.objects.filter(statement_id__in=[one.statement_id for one in statements])
    )
    if voided:
        Completion.objects.filter(pk__in=[one.pk for one in voided]).delete()
        _announce([(one.person_id, one.trainable_id) for one in voided])


class Proof(NamedTuple):
    """That somebody completed something then; both by uid."""

    person: uuid.UUID
    trainable: uuid.UUID
    moment: dt.datetime


def proofs_among(statements: Sequence[StoredStatement]) -> list[Proof]:
    """What those of `statements` say that prove a completion, or would if they were not voided."""
    found = [
        (_person_uid(one), _trainable_uid(one), one.timestamp)
        for one in statements
        if one.verb in VERBS and _proves_completion(one)
    ]
    return [Proof(who, what, when) for who, what, when in found if who and what]


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
    told = _("Formation validée : « %(title)s », le %(day)s") % {
        "title": completion.trainable.title,
        "day": day,
    }
    provenance = Provenance(completion.provenance)
    return f"{told} ({provenance.label})" if provenance.is_declared else told


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
    return next((uid for uid, _name in trainings_named(statement.payload)), None)


def trainings_named(payload: dict[str, Any]) -> list[tuple[uuid.UUID, dict[str, Any]]]:
    """The trainings of ours that a statement would complete, by uid, each as it stands there: its
    object, or the parents of what was attended (Part Two 2.4.6.2)."""
    found = [payload["object"]]
    if payload["verb"]["id"] == verbs.ATTENDED:
        parents = payload.get("context", {}).get("contextActivities", {}).get("parent", [])
        found = parents if isinstance(parents, list) else [parents]
    uids = [(activity_uid(MODULE, one.get("id", "")), one) for one in found]
    return [(uid, one) for uid, one in uids if uid is not None]


def _score(statement: StoredStatement) -> float | None:
    scaled: float | None = statement.payload.get("result", {}).get("score", {}).get("scaled")
    return scaled


def _announce(pairs: Sequence[tuple[int, int]]) -> None:
    """Tell who completed what; nothing if nothing is new."""
    if pairs:
        completions_changed.send(
            sender=Completion,
            person_ids={person_id for person_id, _trainable_id in pairs},
            trainable_ids={trainable_id for _person_id, trainable_id in pairs},
        )
