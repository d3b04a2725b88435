"""The ID token: who signed it, for whom, and for how long."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx
import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwt.algorithms import RSAAlgorithm

from users.providers.tokens import token_claims

from .claims import hospital
from .server import ProviderServer

ISSUER, AUDIENCE = "https://idp.chu.test", "site"


def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


OURS, OTHERS = key(), key()


def keys(*private: rsa.RSAPrivateKey, **fields: Any) -> dict[str, Any]:
    each = [RSAAlgorithm.to_jwk(one.public_key(), as_dict=True) for one in private]
    return {"keys": [{**one, "kid": str(n), "use": "sig", **fields} for n, one in enumerate(each)]}


def token(signer: Any = OURS, alg: str = "RS256", kid: str | None = "0", **changed: Any) -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u", "iat": now, "exp": now + 60, **changed}
    said = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(said, signer, alg, headers={"kid": kid} if kid else None)


def read(text: str, known: Any = None) -> dict[str, Any]:
    return token_claims(text, keys=known or keys(OURS), issuer=ISSUER, audience=AUDIENCE)


def test_a_right_token_is_read() -> None:
    assert read(token(nonce="n"))["nonce"] == "n"
    assert read(token(kid=None))["sub"] == "u"
    assert read(token(kid="1"), keys(OTHERS, OURS))["sub"] == "u"
    assert read(token(exp=int(time.time()) - 5))["sub"] == "u"


@pytest.mark.parametrize(
    "text",
    [
        token(OTHERS),
        token(kid="7"),
        token(iss="https://autre.test"),
        token(iss=None),
        token(aud="autre"),
        token(aud=None),
        token(aud=["site", "autre"], azp="autre"),
        token(exp=int(time.time()) - 120),
        token(exp=None),
        token("", "none"),
        token("s3cret-s3cret-s3cret-s3cret-s3cret", "HS256"),
        token()[:-8] + "AAAAAAAA",
        "rien",
    ],
)
def test_a_token_that_proves_nothing_is_refused(text: str) -> None:
    with pytest.raises(OAuth2Error):
        read(text)


@pytest.mark.parametrize("known", [{"keys": []}, {}, [], keys(OURS, use="enc")])
def test_without_a_key_nothing_is_believed(known: Any) -> None:
    with pytest.raises(OAuth2Error):
        token_claims(token(), keys=known, issuer=ISSUER, audience=AUDIENCE)


@pytest.fixture
def other_keys(provider: ProviderServer) -> Iterator[str]:
    """The provider's own discovery document, but for its keys: as if another signed its tokens."""
    document = httpx.get(f"{provider.url}/.well-known/openid-configuration").json()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here = f"http://127.0.0.1:{self.server.server_port}"
            said = (
                keys(OTHERS) if self.path == "/jwks" else {**document, "jwks_uri": f"{here}/jwks"}
            )
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.mark.django_db
def test_a_signature_of_other_keys_ends_the_sign_in(
    client: Client, provider: ProviderServer, other_keys: str
) -> None:
    row = provider.configured(domain="chu.test")
    row.discovery_url = other_keys
    row.save()
    provider.knows("signature", hospital("signature@chu.test"))
    answer = provider.answer(client, row, "signature")
    assert answer.status_code == 401
    assert "n’a pas abouti" in answer.text
    assert not SocialAccount.objects.exists()
