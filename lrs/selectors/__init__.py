"""Reading the record. One module for each part of the standard."""

from lrs.selectors.agents import agent_names
from lrs.selectors.attachments import attachments_by_hash
from lrs.selectors.credentials import AUDIT_PREFIX, credential_by_key, credential_history
from lrs.selectors.definitions import activity_definition_get, activity_definitions, verb_displays
from lrs.selectors.documents import document_get, document_ids, documents_in
from lrs.selectors.forwarding import (
    database_now,
    forwards_with_health,
    outbox_due,
    outbox_next_at,
    outbox_set_aside,
    statements_stored_count,
)
from lrs.selectors.references import statement_find, statements_by_id, statements_referring
from lrs.selectors.statements import (
    MAX_PAGE,
    Page,
    StatementFilter,
    consistent_through,
    ids_stored_since,
    statement_get,
    statements_for_projection,
    statements_page,
    stored_statement,
    voided_since,
)

__all__ = [
    "AUDIT_PREFIX",
    "MAX_PAGE",
    "Page",
    "StatementFilter",
    "activity_definition_get",
    "activity_definitions",
    "agent_names",
    "attachments_by_hash",
    "consistent_through",
    "credential_by_key",
    "credential_history",
    "database_now",
    "document_get",
    "document_ids",
    "documents_in",
    "forwards_with_health",
    "ids_stored_since",
    "outbox_due",
    "outbox_next_at",
    "outbox_set_aside",
    "statement_find",
    "statement_get",
    "statements_by_id",
    "statements_for_projection",
    "statements_page",
    "statements_referring",
    "statements_stored_count",
    "stored_statement",
    "verb_displays",
    "voided_since",
]
