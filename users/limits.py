"""How often a client may do something, counted in the cache.

A limit is a fixed window per address. The counts are the cache's: with local memory each process
has its own, so several of them let through that many times as much; with `CACHE_URL` there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` times in `seconds` for one key."""

    name: str
    count: int
    seconds: int

    def used(self, key: str = "") -> int:
        """How often it was used in the window that is open."""
        used: int = cache.get(self._key(key), 0)
        return used

    def use(self, key: str = "") -> bool:
        """Count once more; whether that is still within the limit."""
        cache.add(self._key(key), 0, self.seconds)
        try:
            return cache.incr(self._key(key)) <= self.count
        except ValueError:  # the window closed in between
            return True

    def _key(self, key: str) -> str:
        return f"limit.{self.name}.{key}"


def client_key(request: HttpRequest) -> str:
    """A client's address as a key: keyed and cut, so that the cache holds no addresses."""
    address = get_adapter().get_client_ip(request)
    return salted_hmac("users.limits", address, algorithm="sha256").hexdigest()[:24]
