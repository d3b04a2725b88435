"""Views for those who are signed in, which no cache keeps."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods

from users.models import User

View = Callable[..., HttpResponseBase]


def private_view(
    *methods: str, guard: Callable[[Any], Any] = login_required, unless_said: bool = False
) -> Callable[[View], View]:
    """Signed in, by these methods (any, if none is named), and kept by no cache: names stand there.

    :param guard: says who counts as signed in: those with an account, unless told.
    :param unless_said: an answer that says itself how it may be kept is heard.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            if not (unless_said and response.has_header("Cache-Control")):
                patch_cache_control(response, private=True, no_store=True)
            return response

        allowed: View = guard(wrapped)
        return require_http_methods([*methods])(allowed) if methods else allowed

    return decorate


def unlisted_view(view: View) -> View:
    """For a page whose address is a key: no cache keeps it, no search
    engine lists it, and no other site learns its address."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"  # forms are posted with their origin
        return response

    return wrapped


def user_of(request: HttpRequest) -> User:
    """The account that is signed in, in a view that asks for one."""
    assert isinstance(request.user, User), "the view asks for a sign-in"
    return request.user
