"""The «more» link: a query and a sequence, signed, so that nothing has to be kept for it.

Part Two 2.5.s3: usable for at least a day (these never expire), and not extremely long.
"""

from __future__ import annotations

from django.core import signing
from django.http import QueryDict

from lrs.views.errors import ApiError

_SALT = "lrs.more"


def cursor_write(params: QueryDict, version: str, after: int) -> str:
    """A text that is safe in a path. Who may read is judged anew when it comes back."""
    return signing.dumps([params.urlencode(), version, after], salt=_SALT, compress=True)


def cursor_read(text: str) -> tuple[QueryDict, str, int]:
    """The parameters, their version and the last sequence. Raises a 404 for anything else."""
    try:
        query, version, after = signing.loads(text, salt=_SALT)
    except signing.BadSignature as error:
        raise ApiError(404, "There is no such page.") from error
    return QueryDict(query), version, after
