"""If-Match and If-None-Match, as HTTP has them and Part Three 3.1 asks for them.

The store's entity tags are SHA-1 in hexadecimal, compared without regard to case, for the standard
only recommends lower case. Any tag is one, whoever made it: it matches or it does not.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

ANY = "*"

_TAG = re.compile(r"(?P<weak>W/)?(?:\"(?P<quoted>[^\"\x00-\x1f\x7f]*)\"|(?P<bare>[\w.\-]+))")
_SEPARATOR = re.compile(r"[ \t]*,[ \t,]*")


class PreconditionMalformed(ValueError):
    """The header is no list of entity tags."""


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What must be true of a document before anything happens to it.

    None stands for a header that was not sent, `ANY` among the tags for the asterisk.
    """

    if_match: frozenset[str] | None = None
    if_none_match: frozenset[str] | None = None

    @property
    def are_missing(self) -> bool:
        """Whether neither header was sent."""
        return self.if_match is None and self.if_none_match is None

    def match(self, etag: str | None) -> bool:
        """Whether If-Match lets a request pass; `etag` is None where there is no document."""
        return self.if_match is None or _is_among(etag, self.if_match)

    def none_match(self, etag: str | None) -> bool:
        """Whether If-None-Match lets a request pass."""
        return self.if_none_match is None or not _is_among(etag, self.if_none_match)

    def hold(self, etag: str | None) -> bool:
        """Whether both let a request that changes something pass."""
        return self.match(etag) and self.none_match(etag)


def preconditions_read(if_match: str | None, if_none_match: str | None) -> Preconditions:
    """What the two headers say. Raises PreconditionMalformed.

    If-Match compares strongly, so a weak tag never matches there; If-None-Match compares weakly
    (RFC 9110, 8.8.3.2).
    """
    return Preconditions(
        if_match=None if if_match is None else _tags(if_match, weak_too=False),
        if_none_match=None if if_none_match is None else _tags(if_none_match, weak_too=True),
    )


def etag_of(content: bytes) -> str:
    """Part Three 3.1.s4.b2: the SHA-1 of the content, in lower-case hexadecimal."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def quoted(etag: str) -> str:
    """Part Three 3.1.s4.b4: an entity tag as it stands in a header."""
    return f'"{etag}"'


def _is_among(etag: str | None, tags: frozenset[str]) -> bool:
    return etag is not None and (ANY in tags or etag in tags)


def _tags(header: str, *, weak_too: bool) -> frozenset[str]:
    """The tags of a list. One without quotes is taken as it is: some clients forget them."""
    text = header.strip(" \t,")
    if text == ANY:
        return frozenset({ANY})
    tags, position = set(), 0
    while match := _TAG.match(text, position):
        if weak_too or not match["weak"]:
            tags.add((match["quoted"] or match["bare"] or "").lower())
        position = match.end()
        if position == len(text):
            return frozenset(tags - {ANY})
        separator = _SEPARATOR.match(text, position)
        if separator is None:
            break
        position = separator.end()
    raise PreconditionMalformed(f"{header!r} is no list of entity tags")
