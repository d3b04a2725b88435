"""The shape of the statements that the platform issues itself.

Each says that something happened to a stored row: its id and its time come from there, never from
the clock, so that saying it again is harmless.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from lrs.identifiers import account_agent, statement_uuid
from lrs.xapi.vocabulary import verbs

Json = dict[str, Any]

LANGUAGE = "fr"
"""Of what they name, and of what was learnt."""


def issued(
    *,
    identity: tuple[str, uuid.UUID],
    actor: uuid.UUID | str,
    verb: str,
    target: Json,
    at: dt.datetime,
    context: Json | None = None,
    result: Json | None = None,
) -> Json:
    """The statement with the id of `identity`: what happened, to which row.

    `actor` is the name of an account of ours, `target` the statement's object.
    """
    statement = {
        "id": str(statement_uuid(*identity)),
        "actor": account_agent(actor),
        "verb": verbs.verb(verb),
        "object": target,
        "timestamp": at.isoformat(),
    }
    if context:
        statement["context"] = context
    if result:
        statement["result"] = result
    return statement


def activity(iri: str, activity_type: str, **definition: Any) -> Json:
    """An activity with its definition."""
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"type": activity_type, **definition},
    }


def named(text: str) -> dict[str, str]:
    """A language map of a text of this platform."""
    return {LANGUAGE: text}


def component(uid: str, text: str) -> Json:
    """An interaction component (Part Two 2.4.4.1): its id has no white space."""
    return {"id": uid, "description": named(text)}


def learning_context(
    *,
    registration: uuid.UUID,
    revision: str,
    within: Sequence[str] = (),
    category: str | None = None,
    extensions: Json | None = None,
) -> Json:
    """The context of what somebody does in a learning session.

    `within` are the ids of the activities that the statement's own is a part of, the nearest
    first: that is its parent, the others its grouping (Part Two 2.4.6.2). `category` is the id of
    the profile that the statement follows. A page that was never published has no revision.
    """
    around = {"parent": within[:1], "grouping": within[1:], "category": [category] * bool(category)}
    activities = {name: [{"id": iri} for iri in iris] for name, iris in around.items() if iris}
    context: Json = {"registration": str(registration), "language": LANGUAGE}
    if revision:
        context["revision"] = revision
    if activities:
        context["contextActivities"] = activities
    if extensions:
        context["extensions"] = extensions
    return context
