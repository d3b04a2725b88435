"""Guesses are counted for each client; a code that exists costs nothing.

A hospital has one address for thousands of people, so what is counted is what guessing makes: codes
that nobody was given. The address is kept as a hash, for as long as the count.
"""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

ALLOWED_MISSES = 20
WINDOW = 10 * 60  # seconds


def is_blocked(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= ALLOWED_MISSES


def miss_count(request: HttpRequest) -> None:
    """One more unknown code from this client; the count ends with the window it began."""
    key = _key(request)
    if not cache.add(key, 1, WINDOW):
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two
            cache.add(key, 1, WINDOW)


def _key(request: HttpRequest) -> str:
    # allauth knows how many proxies to trust; two ideas of a client would be one too many.
    address = get_adapter().get_client_ip(request)
    return f"attestation-misses-{hashlib.sha256(address.encode()).hexdigest()[:32]}"
