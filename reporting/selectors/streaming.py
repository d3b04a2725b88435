"""Rows that are worked on while the database still makes the next ones.

Django's own chunks come from a cursor that outlives its transaction, for which PostgreSQL makes all
rows before it hands out the first. Here they come as they are made; and as no more than a chunk
waits on this side, memory does not grow with them either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

CHUNK = 500
"""Rows that are read at a time."""


def rows_streamed(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Of `values_list`, with columns in the order of the SELECT and of types that need no converter
    of Django's on PostgreSQL. One query, made when the first row is asked for.

    As long as it is read, the connection has no answer for anything else: RuntimeError.
    """
    connection = connections[rows.db]
    if connection.vendor != "postgresql":
        yield from rows.iterator(chunk_size=CHUNK)
        return
    from psycopg import capabilities

    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    size = CHUNK if capabilities.has_stream_chunked() else 1
    with (
        connection.cursor() as cursor,
        connection.execute_wrapper(_refuse),
        connection.wrap_database_errors,
    ):
        yield from cursor.cursor.stream(sql, params, size=size)


def _refuse(*_of_the_query: object) -> NoReturn:
    raise RuntimeError("This connection is still streaming the rows of another query.")
