"""Writing to the record store. `statements_store` is the one way in.

One flow a file: `preparation` judges and completes statements, `storing` keeps them and runs the
projectors, `insertion` speaks to the database, `credentials` makes and ends keys, `operators`
says who may, `rebuilding` derives the projections again, `documents` keeps what is no statement.
`forwarding` sends statements on to other stores, in five parts of its own.
"""

from lrs.contention import atomic_repeated
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
from lrs.services.forwarding.destinations import (
    connection_test,
    forward_close,
    forward_create,
    forward_pause,
    forward_resume,
    forward_update,
    outbox_retry,
    replay_request,
)
from lrs.services.forwarding.worker import forward_run, forwards_run_all
from lrs.services.locking import writers_wait
from lrs.services.operators import OPERATORS, operators_group_ensure, operators_may
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
    "atomic_repeated",
    "connection_test",
    "credential_authenticate",
    "credential_create",
    "credential_revoke",
    "credential_rotate",
    "credential_update",
    "document_delete",
    "document_merge",
    "document_put",
    "documents_delete",
    "forward_close",
    "forward_create",
    "forward_pause",
    "forward_resume",
    "forward_run",
    "forward_update",
    "forwards_run_all",
    "operators_group_ensure",
    "operators_may",
    "outbox_retry",
    "projections_rebuild",
    "replay_request",
    "source_of",
    "statements_store",
    "writers_wait",
]
