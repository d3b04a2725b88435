"""What every statement of a learning session is made of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from courses.models import LearningSession
from lrs.identifiers import activity_iri
from lrs.issuing import issued, learning_context
from training.models import Trainable
from training.projectors import MODULE

LESSON = "lesson"


def module_iri(trainable: Trainable) -> str:
    return activity_iri(MODULE, trainable.uid)


def statement_of(
    session: LearningSession,
    *,
    identity: tuple[str, uuid.UUID],
    verb: str,
    target: dict[str, Any],
    at: dt.datetime,
    result: dict[str, Any] | None = None,
    within: Sequence[str] = (),
    category: str | None = None,
    extensions: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The statement with the id of `identity` (what happened, to which row) in this session.

    `within`, `category` and `extensions` are those of `lrs.issuing.learning_context`.
    """
    context = learning_context(
        registration=session.uid,
        revision=session.revision,
        within=within,
        category=category,
        extensions=extensions,
    )
    return issued(
        identity=identity,
        actor=session.actor_name,
        verb=verb,
        target=target,
        at=at,
        context=context,
        result=result,
    )
