"""Transactions that lost against another one, and how they are run again.

A database may end a transaction that did nothing wrong: on PostgreSQL as the victim of a deadlock,
on SQLite because another process held the write lock for too long. It is rolled back whole, so it
may simply be run again.
"""

from __future__ import annotations

import functools
import random
import sqlite3
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

Params = ParamSpec("Params")
Result = TypeVar("Result")

ATTEMPTS = 4
PATIENCE = 5.0
"""Seconds after which no further attempt begins: whoever has waited so long is told instead."""

_PAUSE = 0.05  # seconds before the second attempt; each further one doubles it

# SQLSTATE: could not serialize, deadlock detected, lock not available.
_LOST = frozenset({"40001", "40P01", "55P03"})
# Classes: connection lost, out of resources, ended by an operator or a shutdown.
_OUT_OF_SERVICE = ("08", "53", "57P")
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def repeated(work: Callable[[], Result]) -> Result:
    """What `work` answers; it is run again while it only loses against other transactions.

    `work` makes its own transactions, and what it does outside of the database bears repetition.
    Inside of an open transaction it is run once, for that one is lost as a whole.
    """
    give_up_at = time.monotonic() + PATIENCE
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except OperationalError as error:
            if not has_lost(error) or connection.in_atomic_block:
                raise
            if time.monotonic() > give_up_at:
                raise
        time.sleep(_PAUSE * 2 ** (attempt - 1) * random.uniform(0.5, 1.5))  # noqa: S311
    return work()


def atomic_repeated(function: Callable[Params, Result]) -> Callable[Params, Result]:
    """`transaction.atomic` for a function that may be run again when its transaction has lost.

    For services that store statements more than once in a transaction, or beside rows of their own:
    these lock in an order that nobody can foresee. Inside of another transaction it is that one's
    part, and the outermost is repeated.
    """
    atomic = transaction.atomic(function)

    @functools.wraps(function)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        return repeated(lambda: atomic(*args, **kwargs))

    return run


def has_lost(error: OperationalError) -> bool:
    """Whether a transaction was rolled back for the sake of another one; nothing of it is left."""
    return _sqlstate(error) in _LOST or _sqlite_code(error) in _BUSY


def is_temporary(error: OperationalError) -> bool:
    """Whether the same may succeed later: the transaction lost, or the database is not there.

    If the connection broke in the middle of a commit, nobody can say whether it was carried out.
    """
    state = _sqlstate(error)
    if state is not None:
        return state in _LOST or state.startswith(_OUT_OF_SERVICE)
    return connection.vendor == "postgresql" or _sqlite_code(error) in _BUSY


def _sqlstate(error: OperationalError) -> str | None:
    """PostgreSQL's code; None if it did not answer at all, or is not the database here."""
    state: str | None = getattr(error.__cause__, "sqlstate", None)
    return state


def _sqlite_code(error: OperationalError) -> int | None:
    """The primary one of SQLite's codes, which is the lower byte of an extended one."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
