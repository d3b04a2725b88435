"""The second factor: for whom it is compulsory, and where that leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from documents import qr
from organisation.permissions import needs_second_factor
from users.models import IdentityProvider, ProviderKind, User
from users.providers.claims import STRONG_ACR
from users.sealing import seal, unseal

GetResponse = Callable[[HttpRequest], HttpResponseBase]

OPEN = ("/accounts/", "/connexion/", "/static/", "/media/", "/xapi/")
"""Where one signs in and out, enrols, and what knows no sessions."""
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
AFTER = "factor_next"
"""In the browser's session: where somebody was going who was led here."""


def demand_second_factor(get_response: GetResponse) -> GetResponse:
    """Middleware: nothing of the site opens to whoever needs a second factor and gave none."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.SECOND_FACTOR_COMPULSORY and not request.path.startswith(OPEN):
            user = request.user
            if isinstance(user, User) and is_missing(request, user):
                return _lead(request, user)
        return get_response(request)

    return middleware


def is_missing(request: HttpRequest, user: User) -> bool:
    """Whether this session lacks the second factor that its account needs."""
    records = get_authentication_records(request, user)
    if any(record.get("method") == "mfa" for record in records):
        return False
    return needs_second_factor(user=user, day=timezone.localdate()) and not _is_strong(
        user, records
    )


def factor_added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Who has just shown a new factor need not show it again in this session; others end, for
    they were opened without it."""
    if authenticator.type in FACTORS:
        end_other_sessions(request, user)
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


class Adapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        return qr.qr_code(text=url).svg

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of whoever needs one; another is added first."""
        if not settings.SECOND_FACTOR_COMPULSORY:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(
            user=authenticator.user, day=timezone.localdate()
        )


def _is_strong(user: User, records: list[dict[str, Any]]) -> bool:
    """The session came through a provider that asks everybody for a second factor."""
    came_by = {
        (record.get("provider"), record.get("uid"))
        for record in records
        if record.get("method") == "socialaccount"
    }
    if not came_by:
        return False
    strong = IdentityProvider.objects.filter(is_strong=True, slug__in=[slug for slug, _ in came_by])
    kinds = dict(strong.values_list("slug", "kind"))
    return any(
        (account.provider, account.uid) in came_by and _reached(kinds[account.provider], account)
        for account in SocialAccount.objects.filter(user=user, provider__in=kinds)
    )


def _reached(kind: str, account: Any) -> bool:
    """The national provider names the level that was reached; a hospital's is taken at its word."""
    return kind != ProviderKind.NATIONAL or account.extra_data.get("acr") == STRONG_ACR


def _lead(request: HttpRequest, user: User) -> HttpResponseBase:
    after = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if not types & set(FACTORS):
        request.session[AFTER] = after
        return redirect(f"{reverse('mfa_index')}?obligatoire=1")
    by_code = Authenticator.Type.TOTP in types
    name = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    return redirect(f"{reverse(name)}?{urlencode({'next': after})}")
