"""Accent-folded text, so that «securite» finds «sécurité» on every database."""

from __future__ import annotations

import re

from anyascii import anyascii

_WORD = re.compile(r"\w+")
_SIGNS = str.maketrans({"°": " ", "º": " "})  # «N° 3» is a number, not «ndeg 3»


def fold(text: str) -> str:
    """Lower-case ASCII words of `text`, joined by one space."""
    return " ".join(_WORD.findall(anyascii(text.translate(_SIGNS)).lower()))
