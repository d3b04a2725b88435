"""The ID token, verified against the provider's keys (OpenID Connect Core 3.1.3.7).

allauth takes it as it comes from the token endpoint, whose TLS stands for it. A proxy that opens
TLS, as hospitals have them, stands for less than a signature.
"""

from __future__ import annotations

from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures by a key pair only: with a shared secret, whoever knows it signs for the provider."""
SKEW = 60
"""Seconds."""


def token_claims(token: str, *, keys: Any, issuer: str, audience: str) -> dict[str, Any]:
    """The claims of an ID token. `keys` is the provider's JWKS. Raises OAuth2Error."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(token, jwt.PyJWKSet.from_dict(keys)),
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=audience,
            leeway=SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise OAuth2Error(f"the ID token proves nothing: {error!r}") from error
    if claims.get("azp", audience) != audience:
        raise OAuth2Error("the ID token was issued to another party")
    return claims


def _key(token: str, keys: jwt.PyJWKSet) -> jwt.PyJWK:
    """The key that the token names; one that names none is for a provider with a single key."""
    signing = [one for one in keys.keys if one.public_key_use in (None, "sig")]
    kid = jwt.get_unverified_header(token).get("kid")
    found = [one for one in signing if kid is None or one.key_id == kid]
    if len(found) != 1:
        raise jwt.InvalidKeyError("no such key, or several")
    return found[0]


class Adapter(OpenIDConnectOAuth2Adapter):
    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        return token_claims(
            id_token, keys=answer.json(), issuer=app.settings["issuer"], audience=app.client_id
        )


@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """In the place of allauth's view, which names its own adapter."""
    try:
        view = OAuth2CallbackView.adapter_view(Adapter(request, provider_id))
        response: HttpResponse = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
