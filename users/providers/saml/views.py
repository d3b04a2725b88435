"""Where a provider sends a browser back to; in the places of allauth's own views.

Its post comes from another site, so the session's cookie (SameSite=Lax) is not with it: the
response is put aside and the browser led to a second address, where the cookie is. That way is
allauth's; ours keeps the response only, for ten minutes, and no more of it than one can weigh.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login, render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.sessions import LoginSession
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from lxml import etree
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from users.providers.saml.provider import Provider, auth_of
from users.providers.saml.response import SKEW, StrictAuth

MOST = 300_000
"""Characters of a response; a directory's groups make some ten thousand."""
WAITS = 600
"""Seconds, as long as allauth keeps what was asked."""
_NAMES = ("saml_acs_session", "saml-acs-session")
_UNREADABLE = (
    OneLogin_Saml2_Error,
    OneLogin_Saml2_ValidationError,
    etree.LxmlError,
    ValueError,  # base64, a document type, an entity
)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def acs(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Nothing is believed here: the response is checked where the browser goes next."""
    provider = _provider(request, organization_slug)
    response = request.POST.get("SAMLResponse", "")
    if not 0 < len(response) <= MOST:
        return _refused(request, provider, "no response, or too long a one")
    answer = HttpResponseRedirect(reverse("saml_finish_acs", args=[organization_slug]))
    waiting = LoginSession(request, *_NAMES)
    waiting.store["response"] = response
    waiting.store.set_expiry(WAITS)
    waiting.save(answer)
    answer.cookies[_NAMES[1]]["httponly"] = True
    return answer


@login_not_required
@never_cache
@require_GET
def finish(request: HttpRequest, organization_slug: str) -> HttpResponse:
    provider = _provider(request, organization_slug)
    waiting = LoginSession(request, *_NAMES)
    response = waiting.store.get("response", "")
    waiting.delete()
    answer = _finished(request, provider, response)
    answer.delete_cookie(_NAMES[1], path=request.path)
    return answer


@login_not_required
@require_GET
def metadata(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """What the directory's team imports, before the provider is offered to anybody."""
    provider = _provider(request, organization_slug, is_offered=False)
    settings = OneLogin_Saml2_Settings(
        settings=_description(request, provider), sp_validation_only=True
    )
    return HttpResponse(settings.get_sp_metadata(), content_type="application/samlmetadata+xml")


@csrf_exempt
@login_not_required
def logout(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """There is no single logout: allauth's view would let an unsigned request end a session."""
    raise Http404


def _finished(request: HttpRequest, provider: Provider, response: str) -> HttpResponse:
    if not response:
        return _refused(request, provider, "no response waits")
    try:
        auth = auth_of(request, provider, response)
        auth.process_response()
    except _UNREADABLE as error:
        return _refused(request, provider, error)
    if auth.get_errors() or not auth.is_authenticated():
        return _refused(request, provider, auth.get_last_error_reason())
    if not _is_first_use(auth, provider):
        return _refused(request, provider, "the assertion was used already")
    try:
        state = provider.unstash_redirect_state(request, auth.get_last_response_in_response_to())
        login = provider.sociallogin_from_response(request, auth)
    except (PermissionDenied, ProviderException) as error:
        return _refused(request, provider, error)
    login.state = state
    done: HttpResponse = complete_social_login(request, login)
    return done


def _is_first_use(auth: StrictAuth, provider: Provider) -> bool:
    """A second line: what it answers is taken out of the session at its first use already."""
    name = f"{provider.app.provider_id} {auth.get_last_assertion_id()}"
    key = f"saml.used.{hashlib.sha256(name.encode()).hexdigest()}"
    ends = auth.get_last_assertion_not_on_or_after() or time.time()
    return bool(cache.add(key, True, max(WAITS, int(ends - time.time())) + SKEW))


def _description(request: HttpRequest, provider: Provider) -> dict[str, Any]:
    settings = auth_of(request, provider).get_settings()
    return {
        "strict": True,
        "sp": settings.get_sp_data(),
        "security": settings.get_security_data(),
    }


def _provider(request: HttpRequest, slug: str, *, is_offered: bool = True) -> Provider:
    try:
        app = get_adapter().get_app(request, provider="saml", client_id=slug)
    except SocialApp.DoesNotExist:
        if is_offered:
            raise Http404 from None
        app = _app_not_offered(slug)
    provider: Provider = app.get_provider(request)
    return provider


def _app_not_offered(slug: str) -> SocialApp:
    from users.providers.selectors import social_app_before_offer

    app = social_app_before_offer(slug=slug)
    if app is None:
        raise Http404
    return app


def _refused(request: HttpRequest, provider: Provider, why: Any) -> HttpResponse:
    error = why if isinstance(why, Exception) else ProviderException(why)
    answer: HttpResponse = render_authentication_error(request, provider, exception=error)
    return answer
