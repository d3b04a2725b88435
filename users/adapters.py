"""What allauth asks of this site about accounts."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.http import HttpRequest, HttpResponse

from users.limits import client_key
from users.shared import shared_choose


class AccountAdapter(DefaultAccountAdapter):
    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """The choice is in this form; a second factor may come between it and the session."""
        if "shared" in getattr(request, "POST", {}):
            shared_choose(request)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of who signed in a moment ago: enrolling a factor is the next thing she does."""
        is_required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return is_required and not _signed_in_just_now(context.request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for an account and a client: a stranger cannot lock its owner out."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{client_key(request)}"


def _signed_in_just_now(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    latest = max((record.get("at", 0) for record in records), default=0)
    return time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT
