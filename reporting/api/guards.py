"""Who may ask, how often, and what is written down of it."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.security import APIKeyCookie, HttpBearer

from users.limits import Limit
from users.models import User
from users.services import audit_record

from .keys import key_authenticate

LIMIT = Limit("coverage.api", count=120, seconds=60)
NOTED_SECONDS = 24 * 60 * 60


class KeyAuth(HttpBearer):
    """A key that a reader made for a program. A wrong one is refused, whatever session is there."""

    def __call__(self, request: HttpRequest) -> Any | None:
        if "Authorization" not in request.headers:
            return None
        user = super().__call__(request)
        if user is None:
            raise AuthenticationError
        return user

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        key = key_authenticate(token=token)
        if key is None:
            return None
        _within_limit(key.user)
        _note(request, key.user, f"key:{key.key}")
        return key.user


class ReaderSession(APIKeyCookie):
    """The session of whoever is signed in on the site."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        user = request.user
        if not isinstance(user, User) or not user.is_active:
            return None
        _within_limit(user)
        _note(request, user, "session")
        return user


def _within_limit(user: User) -> None:
    if not LIMIT.use(str(user.pk)):
        raise Throttled(wait=LIMIT.seconds)


def _note(request: HttpRequest, user: User, how: str) -> None:
    """That somebody reads by program what leaves the site: once a day for each address."""
    path = request.path
    if cache.add(f"coverage.api.{user.pk}.{how}.{path}", 1, NOTED_SECONDS):
        audit_record(
            actor=user,
            action="coverage.api_read",
            target=path[:255],
            details={"how": how, "query": request.GET.urlencode()[:500]},
        )


class Unknown(HttpError):
    """A parameter that the operation does not have: a slip of the pen would answer something else
    than was asked."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(422, "")
