"""Commands on the hot path, sent to PostgreSQL through libpq itself.

A command through Django's cursor costs the application some 100 µs of CPU, ten times what libpq
needs for it (docs/adr/0012-storage-of-statements.md). Storing one statement is four commands, and
they were most of its cost. `psycopg.pq` is psycopg's own documented binding; transactions stay
Django's: this joins the one that is open, and begins it where psycopg would have.
"""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from django.db import connection
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult


def rows(command: bytes, parameters: Sequence[bytes | None] = ()) -> list[list[bytes | None]]:
    """Run one command with parameters and answers in PostgreSQL's text format.

    Parameters stand as ``$1`` in the command. Raises Django's database errors.
    """
    connection.ensure_connection()
    wrapped: psycopg.Connection = connection.connection
    pgconn = wrapped.pgconn
    with connection.wrap_database_errors:
        if not wrapped.autocommit and pgconn.transaction_status == TransactionStatus.IDLE:
            _checked(pgconn, pgconn.exec_(b"BEGIN"))
        result = _checked(pgconn, pgconn.exec_params(command, list(parameters)))
    fields = range(result.nfields)
    return [[result.get_value(row, field) for field in fields] for row in range(result.ntuples)]


def _checked(pgconn: PGconn, result: PGresult) -> PGresult:
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if pgconn.status == ConnStatus.BAD:  # a lost connection has no SQLSTATE to tell it by
        raise psycopg.OperationalError(result.get_error_message())
    raise psycopg.errors.error_from_result(result)
