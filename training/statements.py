"""The statements that declarations are, each from its stored row."""

from __future__ import annotations

from typing import Any

from lrs.identifiers import account_agent, activity_iri, statement_uuid
from lrs.issuing import LANGUAGE, activity, issued, named
from lrs.xapi.vocabulary import activity_types, verbs
from training.models import DeclaredCompletion, Trainable
from training.projectors import MODULE
from training.provenance import provenance_iri

DECLARED = "declared"


def module_activity(trainable: Trainable) -> dict[str, Any]:
    iri = activity_iri(MODULE, trainable.uid)
    return activity(iri, activity_types.MODULE, name=named(trainable.title))


def declared_id(declaration: DeclaredCompletion) -> str:
    return str(statement_uuid(DECLARED, declaration.uid))


def declared(declaration: DeclaredCompletion) -> dict[str, Any]:
    """«completed» about the module, said by whoever is the instructor in its context."""
    return issued(
        identity=(DECLARED, declaration.uid),
        actor=declaration.person.uid,
        verb=verbs.COMPLETED,
        target=module_activity(declaration.trainable),
        at=declaration.completed_at,
        context={
            "instructor": account_agent(declaration.instructor.uid),
            "language": LANGUAGE,
            "extensions": {provenance_iri(): declaration.provenance},
        },
        result={"completion": True},
    )


def withdrawn(declaration: DeclaredCompletion) -> dict[str, Any]:
    """«voided» about the statement of the declaration (Part Two 2.3.2)."""
    assert declaration.withdrawn_at is not None
    assert declaration.withdrawn_by is not None
    return issued(
        identity=("withdrawn", declaration.uid),
        actor=declaration.withdrawn_by.uid,
        verb=verbs.VOIDED,
        target={"objectType": "StatementRef", "id": declared_id(declaration)},
        at=declaration.withdrawn_at,
    )
