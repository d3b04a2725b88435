"""Somebody who completed a training, through the record store as it happens."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from lrs.services import PLATFORM, statements_store
from organisation.models import Person
from tests.lrs.factories import voiding
from tests.training.test_projectors import completed
from training.attestations.issuing import attestation_issue
from training.models import Attestation, Completion, Trainable

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)
TODAY = NOW.date()


def complete(person: Person, trainable: Trainable, **over: Any) -> Completion:
    """A completion with a statement behind it, that names the training as it is called now."""
    statement = completed(person.uid, trainable.uid, **over)
    statement["object"]["definition"] = {"name": {"en": "Another", "fr": trainable.title}}
    statements_store(statements=[statement], source=PLATFORM)
    return Completion.objects.get(statement_id=statement["id"])


def issue(person: Person, trainable: Trainable, **over: Any) -> Attestation:
    return attestation_issue(completion=complete(person, trainable, **over), now=NOW)


def void(statement_id: uuid.UUID) -> None:
    statements_store(statements=[voiding(str(statement_id))], source=PLATFORM)
