"""Two rows of one person, and somebody who may make one of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from organisation.models import Person
from organisation.services import people_merge
from tests.organisation.factories import AccountFactory

NOW = dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC)


def merged(kept: Person, gone: Person, **changes: Any) -> Person:
    """As an operator does it."""
    said: dict[str, Any] = {"now": NOW, **changes}
    if "actor" not in said:
        said["actor"] = AccountFactory()
    return people_merge(kept=kept, gone=gone, **said)
