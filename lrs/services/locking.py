"""When writers have to wait for each other.

SQLite has one writer at a time anyway. On PostgreSQL writers run side by side; voiding and
rebuilding need to know that no statement is on its way in that they cannot see yet.
"""

from __future__ import annotations

from django.db import connection

from lrs.models import Statement


def writers_wait() -> None:
    """Wait for all statements in flight, and let no new one in until this transaction ends.

    To be called before the transaction writes anything, or two that do so could deadlock. Readers
    are not held up.
    """
    if connection.vendor != "postgresql":
        return
    table = connection.ops.quote_name(Statement._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
