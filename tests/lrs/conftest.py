"""A projector registry of its own for each test, and a projector that remembers what it derived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from django.db import connection

from lrs import projectors
from lrs.projectors import StoredStatement
from lrs.xapi.vocabulary import verbs


@dataclass
class Ledger:
    """A projection in memory: the first trusted completion of each actor and activity."""

    first: dict[tuple[str | None, str | None], str] = field(default_factory=dict)
    batches: list[list[str]] = field(default_factory=list)

    def project(self, statements: Sequence[StoredStatement]) -> None:
        self.batches.append([str(item.statement_id) for item in statements])
        for item in statements:
            if item.is_trusted:
                self.first.setdefault((item.account_name, item.activity_id), str(item.statement_id))

    def clear(self) -> None:
        self.first.clear()
        self.batches.clear()


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """No projector but those that the test registers."""
    monkeypatch.setattr(projectors, "_registrations", [])


@pytest.fixture
def ledger(registry: None) -> Ledger:
    made = Ledger()
    projectors.projector_register(
        verbs=frozenset({verbs.COMPLETED}), projector=made.project, clear=made.clear
    )
    return made


@pytest.fixture
def is_postgresql() -> bool:
    return connection.vendor == "postgresql"
