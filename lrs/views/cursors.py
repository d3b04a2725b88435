"""The «more» link: a filter and a position, signed, so that nothing has to be kept for it.

Part Two 2.5.s3: usable for at least a day (these never expire), and not extremely long.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

from django.core import signing

from lrs.selectors import Position, StatementFilter
from lrs.views.errors import ApiError
from lrs.views.parameters import ListQuery

_SALT = "lrs.more"


def cursor_write(query: ListQuery, position: Position) -> str:
    """A text that is safe in a path. Who may read is judged anew when it comes back."""
    wanted = {
        name: value.isoformat() if isinstance(value, dt.datetime) else str(value)
        for name, value in dataclasses.asdict(query.wanted).items()
        if value not in (None, False) and name not in ("credential_id", "is_voided")
    }
    place = [position.stored.isoformat(), position.sequence]
    return signing.dumps([wanted, query.limit, place], salt=_SALT, compress=True)


def cursor_read(text: str) -> tuple[ListQuery, Position]:
    """What `cursor_write` wrote. Raises a 404 for anything else."""
    try:
        wanted, limit, (stored, sequence) = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise ApiError(404, "There is no such page.") from error
    registration = wanted.get("registration")
    query = ListQuery(
        StatementFilter(
            agent=wanted.get("agent"),
            verb=wanted.get("verb"),
            activity=wanted.get("activity"),
            registration=uuid.UUID(registration) if registration else None,
            ascending="ascending" in wanted,
            since=_time(wanted.get("since")),
            until=_time(wanted.get("until")),
        ),
        limit,
    )
    return query, Position(dt.datetime.fromisoformat(stored), sequence)


def _time(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
