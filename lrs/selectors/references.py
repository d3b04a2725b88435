"""Statements by what they refer to, for those who look at one and want to see the others."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from lrs.models import Statement

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
    rows = Statement.objects.filter(references__target=statement_id, references__is_direct=True)
    return list(rows.order_by("-id")[:MAX_SHOWN])
