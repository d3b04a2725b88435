"""What a validation finds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lrs.xapi import versions

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


@dataclass(slots=True)
class Findings:
    """The problems found so far in a statement of one version."""

    version: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_v2(self) -> bool:
        return versions.is_v2(self.version)

    def add(self, path: str, clause: str, message: str) -> None:
        self.problems.append(Problem(path, clause, message))


def child_path(path: str, key: str) -> str:
    """The path of `key` inside the object at `path`."""
    return f"{path}.{key}" if _PLAIN_KEY.fullmatch(key) else f"{path}['{key}']"
