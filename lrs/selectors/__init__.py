"""Reading the record. One module for each part of the standard."""

from lrs.selectors.credentials import AUDIT_PREFIX, credential_history
from lrs.selectors.references import statement_find, statements_by_id, statements_referring
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
    "AUDIT_PREFIX",
    "MAX_PAGE",
    "Page",
    "Position",
    "StatementFilter",
    "consistent_through",
    "credential_history",
    "statement_find",
    "statement_get",
    "statements_by_id",
    "statements_for_projection",
    "statements_page",
    "statements_referring",
    "stored_statement",
]
