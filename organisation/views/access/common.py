"""What the screens about rights share."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from users.models import User

View = Callable[..., HttpResponseBase]


def account_view(*methods: str) -> Callable[[View], View]:
    """By account, by these methods, and kept by no cache: the screens show names."""

    def decorate(view: View) -> View:
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_store=True)
            return response

        wrapped.__name__, wrapped.__doc__ = view.__name__, view.__doc__
        wrapped.__module__ = view.__module__
        allowed: View = require_http_methods([*methods])(login_required(wrapped))
        return allowed

    return decorate


def user_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User), "the view asks for a sign-in"
    return request.user


def own_trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Mes droits», the present page last."""
    return _trail((_("Mes droits"), reverse("organisation:my_access")), *steps)


def giving_trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Habilitations»."""
    return _trail((_("Habilitations"), reverse("organisation:grants")), *steps)


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    last = len(steps) - 1
    return [
        {"title": title, "url": "" if number == last else url}
        for number, (title, url) in enumerate(steps)
    ]
