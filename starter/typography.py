"""French typography, so that the texts in the source can be typed with ordinary spaces."""

from __future__ import annotations

import re

NBSP = "\u00a0"
_TAG = re.compile(r"(<[^>]+>)")
_SPACES = f"[ {NBSP}]"
_RULES = (
    (re.compile(r"'"), "’"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(rf"{_SPACES}+(?=[:;?!])"), NBSP),
    (re.compile(rf"«{_SPACES}*"), f"«{NBSP}"),
    (re.compile(rf"{_SPACES}*»"), f"{NBSP}»"),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), NBSP),
    (re.compile(r"(?<=\d) (?=[%€]|h\b|heures?\b|minutes?\b|degrés\b)"), NBSP),
    (re.compile(rf"(?<=\d{NBSP}h) (?=\d)"), NBSP),
    (re.compile(r"(?<=n°) (?=\d)"), NBSP),
    (re.compile(r"\bL\. (?=\d)"), f"L.{NBSP}"),
    (re.compile(r"\b(M\.|Mme) (?=[A-Z])"), rf"\1{NBSP}"),
    (re.compile(r"\bWindows \+ L\b"), f"Windows{NBSP}+{NBSP}L"),
)


def french(text: str) -> str:
    """`text`, plain or HTML, with curly apostrophes and the non-breaking spaces of French.

    What stands inside a tag, such as an address, is left alone.
    """
    pieces = _TAG.split(text)
    return "".join(piece if piece.startswith("<") else _typeset(piece) for piece in pieces)


def _typeset(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
