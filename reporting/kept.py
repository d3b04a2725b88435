"""Contents of pages, kept until anything that they show changes.

A page of coverage is the same for all who have the same rights in the place. So what it says is
written once for a stamp (`ledger_stamp`), which another completion, headcount or name makes a new
one; what is kept under an old stamp is asked for no more and soon gone. Rights are asked for anew
each time, and nothing of a reader may stand in it: what depends on her rights is part of the key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

KEEP_SECONDS = 600


@dataclass
class Kept:
    """The content of a page; `html` is None until it is known. Without a key it is not kept."""

    key: str | None
    html: str | None = None

    def store(self, html: str) -> None:
        self.html = html
        if self.key is not None:
            cache.set(self.key, html, KEEP_SECONDS)


def kept_content(*, stamp: str | None, asked: object) -> Kept:
    """What stands under this stamp for what is `asked`: the page, its filters, the rights.

    Inside a transaction nothing is kept: others do not see yet what it wrote.
    """
    if stamp is None or connection.in_atomic_block:
        return Kept(None)
    digest = hashlib.sha256(repr(asked).encode()).hexdigest()
    key = f"reporting.kept.{stamp}.{digest}"
    return Kept(key, cache.get(key))
