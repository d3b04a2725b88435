"""Voiding: a statement that says that another is to be disregarded (Part Two 2.3.2).

A voiding statement marks its target; the target may come later, and is then marked at once. What
voids cannot be voided. Projections forget what was voided in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from lrs import projectors
from lrs.errors import VoidingForbidden
from lrs.keys import Kind, lookup_number
from lrs.models import Credential, Reference, Statement
from lrs.selectors import stored_statement
from lrs.services.insertion import Inserted, Row
from lrs.services.rebuilding import projections_derive
from lrs.sources import StatementSource, source_of
from lrs.xapi.vocabulary import verbs

_VOIDED = lookup_number(Kind.VERB, verbs.VOIDED)


def voidings_apply(inserted: Inserted, source: StatementSource) -> set[uuid.UUID]:
    """Mark what new statements void and what was voided before it came; answers the ids.

    Raises VoidingForbidden if `source` may not void a statement that is there.
    """
    fresh = {row.statement_id for row in inserted.new}
    voided = _voided_by(inserted.new, source) | _voided_before(inserted.awaited, source)
    if not voided:
        return set()
    Statement.objects.filter(statement_id__in=voided).update(is_voided=True)
    _retract(voided - fresh)
    return voided


def _voided_by(new: Sequence[Row], source: StatementSource) -> set[uuid.UUID]:
    targets = [row.target for row in new if row.target and row.verb == verbs.VOIDED]
    if not targets:
        return set()
    found = (
        Statement.objects.filter(statement_id__in=targets, is_voided=False)
        .exclude(verb_number=_VOIDED)
        .values_list("statement_id", "credential_id")
    )
    for statement_id, credential_id in found:
        if not source.may_void(credential_id=credential_id):
            raise VoidingForbidden(statement_id)
    return {statement_id for statement_id, _credential_id in found}


def _voided_before(awaited: Sequence[Row], source: StatementSource) -> set[uuid.UUID]:
    """Those, all of `source`, that somebody entitled to it voided before they came."""
    voidable = [row.statement_id for row in awaited if row.verb != verbs.VOIDED]
    if not voidable:
        return set()
    earlier = Reference.objects.filter(
        target__in=voidable, is_voiding=True, is_direct=True
    ).select_related("source__credential")
    return {one.target for one in earlier if _may_void(one.source.credential, source)}


def _may_void(voiding: Credential | None, target: StatementSource) -> bool:
    if voiding is None:
        return True
    credential_id = target.credential.pk if target.credential else None
    return source_of(voiding).may_void(credential_id=credential_id)


def _retract(ids: set[uuid.UUID]) -> None:
    if not ids:
        return
    rows = Statement.objects.filter(statement_id__in=ids).order_by("pk")
    stale = projectors.projectors_retract([stored_statement(row) for row in rows])
    if stale:
        projections_derive(stale)
