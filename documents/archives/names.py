"""Names of files."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "’": "-", "'": "-",
    }
)  # fmt: skip
_OTHER = re.compile(r"[^A-Za-z0-9]+")


def file_word(text: str, longest: int) -> str:
    """`text` in letters that every system and every unzipping program takes."""
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = flat.encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_only).strip("-")[:longest].strip("-")


class FileNames:
    """Gives each file a name of its own, numbered from the second one of a stem on.

    Upper and lower case are the same, as on the disks of most who unpack."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._taken: set[str] = set()

    def take(self, stem: str, ending: str) -> str:
        name = f"{stem}{ending}"
        while name.casefold() in self._taken:
            number = self._counts[stem.casefold()] = self._counts.get(stem.casefold(), 1) + 1
            name = f"{stem}_{number}{ending}"
        self._taken.add(name.casefold())
        return name
