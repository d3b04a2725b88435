"""Reading the record. One module for each part of the standard."""

from lrs.selectors.forwarding import (
    database_now,
    forwards_with_health,
    outbox_due,
    outbox_next_at,
    outbox_set_aside,
    statements_stored_count,
)
from lrs.selectors.statements import (
    MAX_PAGE,
    Page,
    Position,
    StatementFilter,
    consistent_through,
    statement_get,
    statements_for_projection,
    statements_page,
    stored_statement,
)

__all__ = [
    "MAX_PAGE",
    "Page",
    "Position",
    "StatementFilter",
    "consistent_through",
    "database_now",
    "forwards_with_health",
    "outbox_due",
    "outbox_next_at",
    "outbox_set_aside",
    "statement_get",
    "statements_for_projection",
    "statements_page",
    "statements_stored_count",
    "stored_statement",
]
