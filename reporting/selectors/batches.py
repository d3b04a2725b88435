"""A nation's establishments, some at a time, and as many times at once as there are processors.

One query of PostgreSQL that joins a million people uses one processor: the others count other
establishments meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

BATCH = 250
"""Establishments at a time."""

MOST = 4
"""Batches at once: each has a connection of its own."""

Place = TypeVar("Place")
Result = TypeVar("Result")


def in_batches(rows: Sequence[Place], size: int) -> list[Sequence[Place]]:
    return [rows[at : at + size] for at in range(0, len(rows), size)]


def by_batches(work: Callable[[Sequence[Place]], Result], places: Sequence[Place]) -> list[Result]:
    """What `work` says of each batch, in their order.

    One after the other on SQLite, and inside a transaction, whose rows no other connection sees.
    """
    batches = in_batches(places, BATCH)
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return [work(one) for one in batches]

    def apart(batch: Sequence[Place]) -> Result:
        try:
            return work(batch)
        finally:
            connection.close()  # this thread's own

    with ThreadPoolExecutor(min(MOST, os.cpu_count() or 1)) as pool:
        return list(pool.map(apart, batches))
