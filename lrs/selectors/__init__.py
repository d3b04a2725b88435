"""Reading the record. One module for each part of the standard."""

from lrs.selectors.agents import agent_names
from lrs.selectors.definitions import activity_definition_get
from lrs.selectors.documents import document_get, document_ids, documents_in
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
    "activity_definition_get",
    "agent_names",
    "consistent_through",
    "document_get",
    "document_ids",
    "documents_in",
    "statement_get",
    "statements_for_projection",
    "statements_page",
    "stored_statement",
]
