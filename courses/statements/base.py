"""What every statement of a learning session is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from courses.models import LearningSession
from lrs.identifiers import account_agent, activity_iri, statement_uuid
from lrs.xapi.vocabulary import verbs
from training.models import Trainable
from training.projectors import MODULE

LANGUAGE = "fr"
LESSON = "lesson"


def module_iri(trainable: Trainable) -> str:
    return activity_iri(MODULE, trainable.uid)


def statement_of(
    session: LearningSession,
    *,
    identity: tuple[str, Any],
    verb: str,
    activity: dict[str, Any],
    at: dt.datetime,
    result: dict[str, Any] | None = None,
    parent: str | None = None,
    grouping: str | None = None,
    category: str | None = None,
    extensions: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The statement with the id of `identity` (what happened, to which row) in this session.

    `parent`, `grouping` and `category` are the ids of activities around it, `extensions` the
    context's.
    """
    around = {"parent": parent, "grouping": grouping, "category": category}
    activities = {name: [{"id": iri}] for name, iri in around.items() if iri}
    context: dict[str, Any] = {
        "registration": str(session.uid),
        "revision": session.revision,
        "language": LANGUAGE,
    }
    if activities:
        context["contextActivities"] = activities
    if extensions:
        context["extensions"] = extensions
    statement = {
        "id": str(statement_uuid(*identity)),
        "actor": account_agent(session.actor_name),
        "verb": verbs.verb(verb),
        "object": activity,
        "context": context,
        "timestamp": at.isoformat(),
    }
    if result:
        statement["result"] = result
    return statement


def activity_of(iri: str, activity_type: str, name: str) -> dict[str, Any]:
    """An activity with its definition."""
    return {
        "objectType": "Activity",
        "id": iri,
        "definition": {"type": activity_type, "name": {LANGUAGE: name}},
    }
