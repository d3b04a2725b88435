"""Voiding: a statement that says that another is to be disregarded (Part Two 2.3.2).

A voiding statement marks its target; the target may come later, and is then marked at once. What
voids cannot be voided. Projections forget what was voided in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db.models import Q

from lrs import projectors
from lrs.errors import VoidingForbidden
from lrs.keys import reference_key
from lrs.models import Statement
from lrs.selectors import stored_statement
from lrs.services.rebuilding import projections_derive
from lrs.sources import StatementSource, source_of
from lrs.xapi.vocabulary import verbs


def voidings_apply(new: Sequence[Statement], source: StatementSource) -> set[uuid.UUID]:
    """Mark what `new` statements void and what was voided before it came; answers the ids.

    Raises VoidingForbidden if `source` may not void a statement that is there.
    """
    voided = _voided_by(new, source) | _voided_before(new)
    if not voided:
        return set()
    Statement.objects.filter(statement_id__in=voided).update(is_voided=True)
    fresh = {statement.statement_id for statement in new}
    _retract(voided - fresh)
    return voided


def _voided_by(new: Sequence[Statement], source: StatementSource) -> set[uuid.UUID]:
    targets = [
        uuid.UUID(statement.object_key.removeprefix("statement "))
        for statement in new
        if statement.verb == verbs.VOIDED
    ]
    if not targets:
        return set()
    found = (
        Statement.objects.filter(statement_id__in=targets, is_voided=False)
        .exclude(verb=verbs.VOIDED)
        .values_list("statement_id", "credential_id")
    )
    for statement_id, credential_id in found:
        if not source.may_void(credential_id=credential_id):
            raise VoidingForbidden(statement_id)
    return {statement_id for statement_id, _credential_id in found}


def _voided_before(new: Sequence[Statement]) -> set[uuid.UUID]:
    """Those of `new` that a statement of somebody entitled to it voided before they came."""
    by_key = {
        reference_key(str(statement.statement_id)): statement
        for statement in new
        if statement.verb != verbs.VOIDED
    }
    earlier = Statement.objects.filter(Q(object_key__in=by_key), verb=verbs.VOIDED).select_related(
        "credential"
    )
    return {
        by_key[voiding.object_key].statement_id
        for voiding in earlier
        if _may_void(voiding, by_key[voiding.object_key])
    }


def _may_void(voiding: Statement, target: Statement) -> bool:
    if voiding.credential is None:
        return True
    return source_of(voiding.credential).may_void(credential_id=target.credential_id)


def _retract(ids: set[uuid.UUID]) -> None:
    if not ids:
        return
    rows = Statement.objects.filter(statement_id__in=ids).order_by("pk")
    stale = projectors.projectors_retract([stored_statement(row) for row in rows])
    if stale:
        projections_derive(stale)
