"""Names on files and names that are half hidden."""

from __future__ import annotations

import re
import unicodedata

from organisation.models import Person

_LETTERS = str.maketrans(
    {
        "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "’": "-", "'": "-",
    }
)  # fmt: skip
_OTHER = re.compile(r"[^A-Za-z0-9]+")


def masked_name(person: Person) -> str:
    """«C… M…»: enough for who holds the paper, too little for who does not; "" without a name."""
    names = (person.first_name.strip(), person.last_name.strip())
    return " ".join(f"{name[0].upper()}…" for name in names if name)


def file_word(text: str, longest: int) -> str:
    """`text` in letters that every system and every unzipping program takes."""
    flat = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    ascii_only = flat.encode("ascii", "ignore").decode()
    return _OTHER.sub("-", ascii_only).strip("-")[:longest].strip("-")


def file_stem(*, last_name: str, first_name: str, title: str) -> str:
    """«DUPONT_Aurelie_mots-de-passe», without ending."""
    last, first = file_word(last_name, 40).upper(), file_word(first_name, 40)
    words = [word for word in (last, first) if word] or ["SANS-NOM"]
    return "_".join([*words, file_word(title, 60).lower() or "formation"])


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
