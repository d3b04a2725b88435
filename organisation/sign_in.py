"""Signing in through an identity provider: the rules of `linking`, put into allauth's flow."""

from __future__ import annotations

import logging
import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from organisation.linking import Way, decide, known_of
from organisation.services import person_link_attested
from users.models import User
from users.providers.claims import identity_from_json
from users.providers.selectors import social_apps
from users.services import audit_record

log = logging.getLogger("organisation.sign_in")

PROOF = "sign_in_proof"
"""In the browser's session: an identity that waits for its account to be proved."""
PROOF_SECONDS = 600


class SocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        return social_apps(provider=provider, client_id=client_id)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, **kwargs: Any
    ) -> None:
        log.warning("%s: %s: %r", provider.app.provider_id, error, kwargs.get("exception"))

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not sociallogin.provider.is_answer(sociallogin):
            log.warning("%s: not the answer to this request", sociallogin.account.provider)
            raise ImmediateHttpResponse(render_authentication_error(request, sociallogin.provider))
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        identity = identity_from_json(sociallogin.account.extra_data)
        is_trusted = any(address.verified for address in sociallogin.email_addresses)
        linked = sociallogin.user.pk if sociallogin.is_existing else None
        way, account = decide(known_of(identity, linked=linked, is_trusted=is_trusted))
        if way is Way.PROVE and account is not None:
            raise ImmediateHttpResponse(proof_ask(request, sociallogin, account))
        if identity.national_id or identity.scope:
            sociallogin.state["next"] = _by_workplace(sociallogin.get_redirect_url(request))

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_signup_form_initial_data(sociallogin)
        return initial | {"email": sociallogin.account.extra_data.get("email", "")}

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        _linked(user, sociallogin.account)
        return user


def proof_ask(request: HttpRequest, sociallogin: SocialLogin, account: int) -> Any:
    """To the ordinary sign-in, with the identity kept for whoever signs in there."""
    request.session[PROOF] = {
        "account": account,
        "until": int(time.time()) + PROOF_SECONDS,
        "login": sociallogin.serialize(),
    }
    after = sociallogin.get_redirect_url(request)
    query = {"etape": "preuve"} | ({"next": after} if after else {})
    return redirect(f"{reverse('account_login')}?{urlencode(query)}")


def proof_given(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """An account has signed in: it takes the identity that waited for just this account."""
    waiting = request.session.pop(PROOF, None)
    if not waiting or waiting["account"] != user.pk or waiting["until"] < time.time():
        return
    try:
        sociallogin = SocialLogin.deserialize(waiting["login"])
    except (ValueError, SocialApp.DoesNotExist):  # the provider was taken away meanwhile
        return
    account = sociallogin.account
    if SocialAccount.objects.filter(provider=account.provider, uid=account.uid).exists():
        return
    sociallogin.connect(request, user)
    text = _("Votre compte est relié : la prochaine fois, passez directement par %(name)s.")
    messages.success(request, text % {"name": sociallogin.provider.name})


def account_entered(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A linked identity may name a person who came onto the roster since."""
    sociallogin = kwargs.get("sociallogin")
    if sociallogin is not None:
        _person_link(user, sociallogin.account)


def identity_linked(request: HttpRequest, sociallogin: SocialLogin, **kwargs: Any) -> None:
    """By a proof, or by the account's own page."""
    _linked(sociallogin.user, sociallogin.account)


def identity_unlinked(request: HttpRequest, socialaccount: SocialAccount, **kwargs: Any) -> None:
    audit_record(actor=socialaccount.user, action="identity.unlink", target=socialaccount.provider)


def _linked(user: User, account: SocialAccount) -> None:
    audit_record(actor=user, action="identity.link", target=account.provider)
    _person_link(user, account)


def _person_link(user: User, account: SocialAccount) -> None:
    person_link_attested(user=user, identity=identity_from_json(account.extra_data))


def _by_workplace(after: str | None) -> str:
    path = reverse("organisation:workplace")
    return f"{path}?{urlencode({'next': after})}" if after else path
