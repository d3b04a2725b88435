"""JSON text with line breaks, every piece as it was stored.

To read it and write it again would change numbers (1.0, 1e2) and take long for a large one.
"""

from __future__ import annotations

import re

from lrs.admin.sentences import UNSEEN

MAX_LENGTH = 100_000
"""Characters of a payload that are shown."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{},:]|[^\s\[\]{},:"]+')
_OPENING, _CLOSING = frozenset("[{"), frozenset("]}")


def pretty(text: str) -> tuple[str, bool]:
    """`text`, valid JSON, indented; and whether its end was left out.

    Characters that would hide or turn around a part of a line are written as escapes.
    """
    lines, depth, previous = [""], 0, ""
    for piece in _TOKEN.findall(text[:MAX_LENGTH]):
        depth -= piece in _CLOSING
        if previous == "," or (previous in _OPENING) != (piece in _CLOSING):
            lines.append("  " * depth)
        lines[-1] += f"{piece} " if piece == ":" else piece
        depth += piece in _OPENING
        previous = piece
    return UNSEEN.sub(_escape, "\n".join(lines)), len(text) > MAX_LENGTH


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return character if character == "\n" else f"\\u{ord(character):04x}"
