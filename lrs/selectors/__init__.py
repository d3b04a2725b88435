"""Reading the record. One module for each part of the standard."""

from lrs.selectors.statements import (
    MAX_PAGE,
    Page,
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
    "StatementFilter",
    "consistent_through",
    "statement_get",
    "statements_for_projection",
    "statements_page",
    "stored_statement",
]
