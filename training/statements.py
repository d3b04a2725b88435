"""The statements that declarations are, each from its stored row."""

from __future__ import annotations

from typing import Any

from lrs.identifiers import account_agent, activity_iri, statement_uuid
from lrs.xapi.vocabulary import activity_types, verbs
from training.models import DeclaredCompletion, Trainable
from training.projectors import MODULE
from training.provenance import provenance_iri

LANGUAGE = "fr"


def module_activity(trainable: Trainable) -> dict[str, Any]:
    return {
        "objectType": "Activity",
        "id": activity_iri(MODULE, trainable.uid),
        "definition": {"type": activity_types.MODULE, "name": {LANGUAGE: trainable.title}},
    }


def declared_id(declaration: DeclaredCompletion) -> str:
    return str(statement_uuid("declared", declaration.uid))


def declared(declaration: DeclaredCompletion) -> dict[str, Any]:
    """«completed» about the module, said by whoever is the instructor in its context."""
    return {
        "id": declared_id(declaration),
        "actor": account_agent(declaration.person.uid),
        "verb": verbs.verb(verbs.COMPLETED),
        "object": module_activity(declaration.trainable),
        "result": {"completion": True},
        "context": {
            "instructor": account_agent(declaration.instructor.uid),
            "language": LANGUAGE,
            "extensions": {provenance_iri(): declaration.provenance},
        },
        "timestamp": declaration.completed_at.isoformat(),
    }


def withdrawn(declaration: DeclaredCompletion) -> dict[str, Any]:
    """«voided» about the statement of the declaration (Part Two 2.3.2)."""
    assert declaration.withdrawn_at is not None
    assert declaration.withdrawn_by is not None
    return {
        "id": str(statement_uuid("withdrawn", declaration.uid)),
        "actor": account_agent(declaration.withdrawn_by.uid),
        "verb": verbs.verb(verbs.VOIDED),
        "object": {"objectType": "StatementRef", "id": declared_id(declaration)},
        "timestamp": declaration.withdrawn_at.isoformat(),
    }
