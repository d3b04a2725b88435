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
