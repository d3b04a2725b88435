"""Short codes that are read off a screen or a sheet, and typed."""

from __future__ import annotations

import secrets

# Neither 0, O, 1, I nor L, which look alike when read off a screen.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8  # 850 thousand million codes, good for some hours


def code_new() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
