"""Secrets that are given out once and recognised later: the keys of programs.

They are kept as SHA-256 only. Each has 256 random bits, so there is nothing to slow down.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

NO_DIGEST = "-" * 64
"""No SHA-256 is this, so comparing with it takes as long and fails."""


def secret_make() -> str:
    return secrets.token_urlsafe(32)


def secret_digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret_of(digest: str, secret: str) -> bool:
    """Whether `digest` is of `secret`, in a time that does not depend on either."""
    return hmac.compare_digest(digest or NO_DIGEST, secret_digest(secret))
