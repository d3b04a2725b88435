"""Sessions on a computer that many people use.

Such a session ends by itself after some minutes without activity. The server decides: it keeps the
moment of the last request in the session, for an expiry date of the cookie would let the cookie
outlive the browser's window. A script may warn, and ask how much time is left.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url

FIELD = "shared"
"""The name of the choice in every form that signs in."""
SEEN = "shared_seen"
CHOSEN = "shared_chosen"
RENEW_AFTER = 15
"""Seconds; requests closer to each other than that do not write the session again."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def shared_begin(request: HttpRequest) -> None:
    request.session[SEEN] = int(time.time())


def shared_choose(request: HttpRequest) -> None:
    """Keep the choice of a form after which a sign-in goes on elsewhere: a second factor, or an
    identity provider."""
    request.session[CHOSEN] = bool(request.POST.get(FIELD))


def shared_on_sign_in(request: HttpRequest, **kwargs: Any) -> None:
    """Whichever form signed in, it carries the choice, or one before it did."""
    if request.session.pop(CHOSEN, False) or request.POST.get(FIELD):
        shared_begin(request)
    else:
        request.session.pop(SEEN, None)


def idle_seconds() -> int:
    minutes: int = settings.SHARED_IDLE_MINUTES
    return 60 * minutes


def seconds_left(request: HttpRequest) -> int | None:
    """How long the session lasts without activity; None where it is no shared one."""
    session = getattr(request, "session", None)
    seen = session.get(SEEN) if session is not None else None
    return None if seen is None else max(0, math.ceil(seen + idle_seconds() - time.time()))


def idle_sign_out(get_response: GetResponse) -> GetResponse:
    """Middleware: end a shared session that was idle for too long, and renew the others."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        left = seconds_left(request)
        if left == 0:
            request.session.flush()
            request.session_ended = True  # type: ignore[attr-defined]
        response = get_response(request)
        if getattr(request, "session_ended", False):
            _tell_sign_in(response)
        elif left is not None and not getattr(request, "is_no_activity", False):
            _renew(request)
        return response

    return middleware


def _renew(request: HttpRequest) -> None:
    seen = request.session.get(SEEN)
    if seen is not None and time.time() - seen > RENEW_AFTER:
        shared_begin(request)


def _tell_sign_in(response: HttpResponseBase) -> None:
    """Let the sign-in page say why it is shown."""
    address = response.headers.get("Location", "")
    if urlsplit(address).path == resolve_url(settings.LOGIN_URL):
        joint = "&" if "?" in address else "?"
        response.headers["Location"] = f"{address}{joint}fin=inactivite"
