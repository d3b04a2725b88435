"""Writing to the record store. `statements_store` is the one way in.

One flow a file: `preparation` judges and completes statements, `storing` keeps them and runs the
projectors, `insertion` speaks to the database, `credentials` makes and ends keys, `operators`
says who may, `rebuilding` derives the projections again, `documents` keeps what is no statement.
"""

from lrs.errors import (
    DocumentConflict,
    DocumentNotMergeable,
    DocumentTooLarge,
    PreconditionFailed,
    StatementConflict,
    StatementsInvalid,
    VoidingForbidden,
)
from lrs.projectors import StoredStatement
from lrs.services.credentials import (
    credential_authenticate,
    credential_create,
    credential_revoke,
    credential_rotate,
    credential_update,
)
from lrs.services.documents import (
    Content,
    document_delete,
    document_merge,
    document_put,
    documents_delete,
)
from lrs.services.operators import OPERATORS, operators_group_ensure
from lrs.services.rebuilding import projections_rebuild
from lrs.services.storing import StoreResult, statements_store
from lrs.sources import PLATFORM, StatementSource, source_of

__all__ = [
    "OPERATORS",
    "PLATFORM",
    "Content",
    "DocumentConflict",
    "DocumentNotMergeable",
    "DocumentTooLarge",
    "PreconditionFailed",
    "StatementConflict",
    "StatementSource",
    "StatementsInvalid",
    "StoreResult",
    "StoredStatement",
    "VoidingForbidden",
    "credential_authenticate",
    "credential_create",
    "credential_revoke",
    "credential_rotate",
    "credential_update",
    "document_delete",
    "document_merge",
    "document_put",
    "documents_delete",
    "operators_group_ensure",
    "projections_rebuild",
    "source_of",
    "statements_store",
]
