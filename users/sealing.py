"""Keeping a secret that has to be read again: sealed with a key made of the site's SECRET_KEY.

Whoever has a copy of the database alone learns nothing. When SECRET_KEY changes, the former one in
SECRET_KEY_FALLBACKS still opens what it sealed.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

_PURPOSE = b"lrs.sealing 1 "  # part of what is sealed already: never change it


class SealBroken(ValueError):
    """The sealed text is damaged, or was sealed under a SECRET_KEY that is gone."""


def seal(text: str) -> str:
    """`text`, unreadable without SECRET_KEY."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises SealBroken."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken("the secret cannot be read under this SECRET_KEY") from error


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    """SECRET_KEY is long and random, so a plain hash derives a key from it."""
    return base64.urlsafe_b64encode(hashlib.sha256(_PURPOSE + secret.encode()).digest())
