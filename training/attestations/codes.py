"""Verification codes: twelve characters of Crockford's base 32, sixty bits of chance.

With as many attestations as a country makes in ten years, one guess in two billion would hit; and
guesses are counted (`training.attestations.throttle`). There are no I, L, O and U: what is read as
one of the first three is meant as 1 or 0.
"""

from __future__ import annotations

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
GROUP = 4
_LONGEST_INPUT = 64
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_shown(code: str) -> str:
    """As it is printed: «7KQ2-M9XW-4TBD»."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def code_read(typed: str) -> str:
    """The code that somebody typed, whatever its case, spaces and hyphens; "" if it is none."""
    if len(typed) > _LONGEST_INPUT:
        return ""
    text = unicodedata.normalize("NFKC", typed).upper()
    kept = "".join(sign for sign in text if unicodedata.category(sign)[0] not in "ZPC")
    code = kept.translate(_MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
