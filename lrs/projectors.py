"""Projectors: what brings projections up to date when statements are stored.

A room registers a projector for some verbs in its AppConfig. `statements_store` calls it once per
stored batch, inside the transaction that stores it, with the new statements in order of storage;
`rebuild_projections` first calls its `clear`, then the same function with the whole history. A
projector is therefore idempotent, set-based, and reads nothing but the statements and the records.

Voided statements are never handed out. When a statement is voided after it was projected, the
projector's `retract` takes it back; a projector without `retract` is cleared and derived again from
the whole history, which is right but slow.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lrs.identifiers import home_page


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """What a projector may know of a statement.

    `account_name` is the actor's account name when its homePage is this platform's, else None.
    `is_trusted` says whether the statement may make a completion: only one of the platform itself
    or of a trusted credential does.
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

    @classmethod
    def read(cls, payload: dict[str, Any], **columns: Any) -> StoredStatement:
        """The statement of these columns, with what stands in its payload."""
        obj = payload["object"]
        return cls(
            account_name=_own_account_name(payload["actor"]),
            verb=payload["verb"]["id"],
            activity_id=obj["id"] if obj.get("objectType", "Activity") == "Activity" else None,
            payload=payload,
            **columns,
        )


def _own_account_name(actor: dict[str, Any]) -> str | None:
    """The account name of an actor of this platform."""
    account = actor.get("account")
    if not account or account["homePage"] != home_page():
        return None
    name: str = account["name"]
    return name


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that a projector derived from a statement, in words, and where it can be seen."""

    label: str
    url: str | None = None


Projector = Callable[[Sequence[StoredStatement]], None]
Clear = Callable[[], None]
Describe = Callable[[Sequence[StoredStatement]], Mapping[uuid.UUID, list[Outcome]]]


@dataclass(frozen=True, slots=True)
class Registration:
    """A projector, its verbs, how its projections are undone, and how they are told."""

    verbs: frozenset[str]
    projector: Projector
    clear: Clear
    retract: Projector | None = None
    describe: Describe | None = None


_registrations: list[Registration] = []


def projector_register(
    *,
    verbs: frozenset[str],
    projector: Projector,
    clear: Clear,
    retract: Projector | None = None,
    describe: Describe | None = None,
) -> None:
    """Call `projector` for stored statements whose verb is in `verbs`.

    `clear` deletes everything that the projector ever derived, and no record. `retract` takes back
    what it derived from the given statements, which have just been voided. `describe` tells an
    operator what there is of theirs now, by statement id, in a fixed number of queries.
    """
    registration = Registration(verbs, projector, clear, retract, describe)
    if registration not in _registrations:
        _registrations.append(registration)


def projectors() -> list[Registration]:
    """The projectors, lower rooms first.

    Apps are made ready from the top room down, so this is the reverse order of registration.
    """
    return _registrations[::-1]


def projectors_run(
    statements: Sequence[StoredStatement], *, only: Iterable[Registration] | None = None
) -> None:
    """Hand each projector (or each of `only`) the statements of its verbs, if there are any."""
    for registration in projectors() if only is None else only:
        wanted = [statement for statement in statements if statement.verb in registration.verbs]
        if wanted:
            registration.projector(wanted)


def projectors_clear(registrations: Iterable[Registration]) -> None:
    """Empty the projections, upper rooms first, for theirs may refer to those below."""
    for registration in list(registrations)[::-1]:
        registration.clear()


def projectors_retract(statements: Sequence[StoredStatement]) -> list[Registration]:
    """Take voided `statements` back; answers the projectors that have to be derived again."""
    stale = []
    for registration in projectors():
        wanted = [statement for statement in statements if statement.verb in registration.verbs]
        if wanted and registration.retract is None:
            stale.append(registration)
        elif wanted and registration.retract is not None:
            registration.retract(wanted)
    return stale


def projectors_describe(
    statements: Sequence[StoredStatement],
) -> dict[uuid.UUID, list[Outcome]]:
    """What the platform has derived from `statements`, by statement id; nothing for the others."""
    outcomes: defaultdict[uuid.UUID, list[Outcome]] = defaultdict(list)
    for registration in projectors():
        wanted = [statement for statement in statements if statement.verb in registration.verbs]
        if wanted and registration.describe is not None:
            for statement_id, told in registration.describe(wanted).items():
                outcomes[statement_id].extend(told)
    return dict(outcomes)


def projected_verbs() -> frozenset[str]:
    """Every verb that some projector listens to."""
    return frozenset().union(*(registration.verbs for registration in _registrations))
