"""Issuing: from a completion to its attestation, once."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lrs.selectors import statements_by_id
from lrs.xapi.languages import best_language
from training.attestations.codes import code_new
from training.models import Attestation, Completion
from training.projectors import trainings_named

LANGUAGE = "fr"
BATCH = 500


def attestation_issue(*, completion: Completion, now: dt.datetime) -> Attestation:
    """The attestation of this completion: the one that there is, or a new one."""
    return attestations_issue(completions=[completion], now=now)[0]


def attestations_issue(*, completions: Sequence[Completion], now: dt.datetime) -> list[Attestation]:
    """The attestations of these completions, in their order; those that are missing are made.

    `completion.trainable` should be selected. Called twice, or by two at a time, there is one of
    each: the statement's id is unique, and whoever comes second reads what the first has made.
    """
    found: dict[uuid.UUID, Attestation] = {}
    for start in range(0, len(completions), BATCH):
        found |= _issue_batch(completions[start : start + BATCH], now)
    return [found[one.statement_id] for one in completions]


def _issue_batch(batch: Sequence[Completion], now: dt.datetime) -> dict[uuid.UUID, Attestation]:
    while True:
        found = _existing(one.statement_id for one in batch)
        missing = [one for one in batch if one.statement_id not in found]
        if not missing:
            return found
        titles = _titles(missing)
        # What another process has made meanwhile stays; a code that is taken is drawn again.
        Attestation.objects.bulk_create(
            [_attestation(one, titles, now) for one in missing], ignore_conflicts=True
        )


def _existing(statement_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Attestation]:
    rows = Attestation.objects.filter(statement_id__in=list(statement_ids))
    return {one.statement_id: one for one in rows.select_related("person")}


def _attestation(
    completion: Completion, titles: Mapping[uuid.UUID, str], now: dt.datetime
) -> Attestation:
    return Attestation(
        person_id=completion.person_id,
        trainable_id=completion.trainable_id,
        title=titles.get(completion.statement_id) or completion.trainable.title,
        completed_at=completion.completed_at,
        score_scaled=completion.score_scaled,
        provenance=completion.provenance,
        statement_id=completion.statement_id,
        code=code_new(),
        issued_at=now,
    )


def _titles(completions: Sequence[Completion]) -> dict[uuid.UUID, str]:
    """What the trainings were called when they were completed, as far as the statements say."""
    rows = statements_by_id(statement_ids=[one.statement_id for one in completions])
    return {uid: _title(json.loads(row.payload)) for uid, row in rows.items()}


def _title(payload: dict[str, Any]) -> str:
    """The name of the training itself: that of a meeting which counts for it is another one."""
    named = trainings_named(payload)
    names = named[0][1].get("definition", {}).get("name", {}) if named else {}
    language = best_language(names, LANGUAGE)
    return str(names[language])[:255].strip() if language else ""
