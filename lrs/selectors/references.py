"""Statements by what they refer to, for those who look at one and want to see the others."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from lrs.keys import reference_key
from lrs.models import Statement
from lrs.selectors.statements import StatementFilter, statements_page

MAX_SHOWN = 20


def statement_find(*, statement_id: uuid.UUID) -> Statement | None:
    """The statement of this id, voided or not, with its credential: for operators."""
    return Statement.objects.select_related("credential").filter(statement_id=statement_id).first()


def statements_by_id(*, statement_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Statement]:
    """Those of these statements that are here, voided or not."""
    found = Statement.objects.filter(statement_id__in=list(statement_ids))
    return {statement.statement_id: statement for statement in found}


def statements_referring(*, statement_id: uuid.UUID) -> list[Statement]:
    """Up to 20 statements whose object is this statement, such as what voids it, newest first."""
    wanted = StatementFilter(activity=reference_key(str(statement_id)), is_voided=None)
    return statements_page(wanted=wanted, limit=MAX_SHOWN).statements
