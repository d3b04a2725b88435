"""What a validation finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule.

    `path` is a JSON path such as ``$.object.definition.type`` or ``$[3].verb.id``; `clause` names
    the clause of xAPI 1.0.3 Part Two, or of IEEE 9274.1.1 where only 2.0 has it.
    """

    path: str
    clause: str
    message: str

    def as_dict(self) -> dict[str, str]:
        """The problem as it stands in an answer of the API."""
        return {"path": self.path, "clause": self.clause, "message": self.message}


def below(step: str, problems: Iterable[Problem]) -> list[Problem]:
    """`problems` seen from one level up: `step` goes before each path."""
    return [Problem(step + item.path, item.clause, item.message) for item in problems]


def key_step(key: str) -> str:
    """The step from an object to what stands under `key`."""
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"['{key}']"
