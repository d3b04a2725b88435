"""Projectors: what brings projections up to date when statements are stored.

A room registers a projector for some verbs in its AppConfig. `statements_store` calls it once per
stored batch, inside the transaction that stores it, with the new statements in order of storage;
`rebuild_projections` calls the same function with the whole history. A projector is therefore
idempotent, set-based, and reads nothing but the statements and the records.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """What a projector may know of a statement.

    `account_name` is the actor's account name when its homePage is this platform's, else None.
    """

    sequence: int
    statement_id: uuid.UUID
    stored: dt.datetime
    timestamp: dt.datetime
    account_name: str | None
    verb: str
    activity_id: str | None
    registration: uuid.UUID | None
    is_trusted: bool
    payload: dict[str, Any]


Projector = Callable[[Sequence[StoredStatement]], None]

_projectors: list[tuple[frozenset[str], Projector]] = []


def projector_register(*, verbs: frozenset[str], projector: Projector) -> None:
    """Call `projector` for stored statements whose verb is in `verbs`."""
    if (verbs, projector) not in _projectors:
        _projectors.append((verbs, projector))


def projectors_run(statements: Sequence[StoredStatement]) -> None:
    """Hand each projector the statements of its verbs, if there are any."""
    for verbs, projector in _projectors:
        wanted = [statement for statement in statements if statement.verb in verbs]
        if wanted:
            projector(wanted)


def projected_verbs() -> frozenset[str]:
    """Every verb that some projector listens to."""
    return frozenset().union(*(verbs for verbs, _projector in _projectors))
