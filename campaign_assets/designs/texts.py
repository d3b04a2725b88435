"""The words on a design: made clean, and refused in words that their writer understands."""

from __future__ import annotations

import unicodedata

from django.utils.functional import Promise

# Left by word processors and chats, and seen by nobody.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f"))


class TextRefused(Exception):
    """A text cannot be set. `field` is a field of the design or «brand.name»; `str()` says in
    French what to do."""

    def __init__(self, field: str, message: str | Promise) -> None:
        super().__init__(str(message))
        self.field = field


class TextDoesNotFit(TextRefused):
    """Too long, even at the smallest size."""


class TextUnreadable(TextRefused):
    """A character that the typeface lacks, or that steers instead of being read."""


def clean(text: str) -> str:
    """Composed letters, one kind of line break, nothing invisible, no space at the ends."""
    whole = unicodedata.normalize("NFC", text).translate(INVISIBLE)
    lines = whole.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.strip(" ") for line in lines).strip("\n")
