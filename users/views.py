"""The first step of signing in, which leads to a provider or to a password; closing a session."""

from __future__ import annotations

from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from users.addresses import NEXT, next_address
from users.forms import AddressForm
from users.providers.openid import ADDRESS
from users.providers.selectors import provider_of_address


@require_POST
def sign_in_address(request: HttpRequest) -> HttpResponse:
    """Says nothing about who has an account: only the domain decides."""
    form = AddressForm(request.POST)
    after = next_address(request, "")
    asked = {NEXT: after} if after else {}
    if not form.is_valid():
        return redirect(_with(reverse("account_login"), asked | {"adresse": "illisible"}))
    address = form.cleaned_data["address"]
    request.session[ADDRESS] = address
    provider = provider_of_address(address)
    if provider is None:
        return redirect(_with(reverse("account_login"), asked | {"etape": "mot-de-passe"}))
    return redirect(_with(provider.login_path, asked))


@login_required
@require_POST
def session_close(request: HttpRequest, pk: int) -> HttpResponse:
    """One of one's own; that of this browser signs out. Another's does not exist."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    end_sessions(request, [session])
    messages.success(request, _("La session est fermée."))
    return redirect("usersessions_list")


def _with(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
