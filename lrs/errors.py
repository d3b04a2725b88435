"""Why statements were not stored."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from lrs.xapi.validation import Problem


class StatementsInvalid(ValueError):
    """At least one statement breaks the standard; none was stored. `problems` says which and why.

    Paths begin with the index in the batch, such as ``$[3].verb.id``.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        first = self.problems[0]
        super().__init__(
            f"{len(self.problems)} problem(s), first {first.path} {first.message} ({first.clause})"
        )


class StatementConflict(ValueError):
    """A statement with this id and another content is there already (Part Three 2.1.1)."""

    def __init__(self, statement_id: uuid.UUID) -> None:
        self.statement_id = statement_id
        super().__init__(f"Another statement with the id {statement_id} is stored.")


class VoidingForbidden(PermissionError):
    """The source may not void this statement (Part Two 2.3.2.s2.b4)."""

    def __init__(self, statement_id: uuid.UUID) -> None:
        self.statement_id = statement_id
        super().__init__(f"This source may not void the statement {statement_id}.")


class DocumentConflict(ValueError):
    """A document is there and the request does not say that it knows it (Part Three 3.1.s4.b13)."""

    def __init__(self, etag: str) -> None:
        self.etag = etag
        super().__init__(
            "There is a document already. Check its current state with GET, and set the If-Match"
            f' header to its current ETag, which is "{etag}", to replace it.'
        )


class PreconditionFailed(ValueError):
    """If-Match or If-None-Match does not hold (Part Three 3.1.s4.b9)."""

    def __init__(self) -> None:
        super().__init__("If-Match or If-None-Match does not hold for the current document.")


class DocumentNotMergeable(ValueError):
    """What was sent or what is there is no JSON object (Part Three 2.2.s8.b1)."""


class DocumentTooLarge(ValueError):
    """The document would be larger than this store accepts (Part Three 3.2.s3.b11)."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The document would be larger than {limit} bytes.")
