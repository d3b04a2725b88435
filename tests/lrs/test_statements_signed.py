"""Signed statements over HTTP (Part Two 2.6): what is wrong is refused, and nothing is stored."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.http import HttpResponse

from lrs.models import Attachment, Statement
from tests.lrs.api import VERSIONS, Api, error_of
from tests.lrs.xapi.test_multipart import TYPE, body, first, further
from tests.lrs.xapi.test_signatures import (
    CHAIN,
    OTHER_KEY,
    PLAIN,
    certificate,
    jws,
    signed,
    without_signature,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def post(api: Api, content: bytes, statement: Any = PLAIN) -> HttpResponse:
    sent, _contents = signed(content, statement)
    part = further(content, Content_Type="application/octet-stream")
    return api.post(body(first(sent), part), Content_Type=TYPE)


@pytest.mark.parametrize("header", [{}, {"x5c": CHAIN}, {"x5c": [*CHAIN, certificate(OTHER_KEY)]}])
@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_signed_statement_is_kept_with_its_signature(
    api: Api, algorithm: str, header: dict[str, Any]
) -> None:
    """2.6.s4 and s5: also without a certificate."""
    content = jws(algorithm=algorithm, **header)
    assert post(api, content).json() == [PLAIN["id"]]
    assert content in api.get(attachments="true").content


def tampered() -> bytes:
    """Payload written anew under the old signature."""
    header, _payload, signature = jws(x5c=CHAIN).split(b".")
    other = without_signature({}, PLAIN).split(b".")[1]
    return b".".join((header, other, signature))


@pytest.mark.parametrize(
    "content",
    [
        b"no signature",
        jws({**PLAIN, "actor": {"mbox": "mailto:other@example.com"}}),
        jws({**PLAIN, "result": {"success": True}}, x5c=CHAIN),
        jws(b"no JSON"),
        jws([PLAIN]),
        jws({}),
        jws(x5c=[certificate(OTHER_KEY)]),
        jws(x5c=["AAAA"]),
        jws(key="s" * 64, algorithm="HS256"),
        jws(algorithm="PS256", x5c=CHAIN),
        without_signature({"alg": "none"}),
        without_signature({"alg": "RS256", "x5c": CHAIN}),
        tampered(),
    ],
)
def test_wrong_signature_stores_nothing(api: Api, content: bytes) -> None:
    """2.6.s4.b4 and s5.b3."""
    (problem,) = error_of(post(api, content), 400)["problems"]
    assert problem["path"] == "$.attachments[0]"
    assert not Statement.objects.exists()
    assert not Attachment.objects.exists()


def test_signature_of_one_statement_is_none_of_another(api: Api) -> None:
    content = jws(x5c=CHAIN)
    error_of(post(api, content, {**PLAIN, "id": PLAIN["id"].replace("3", "4")}), 400)


def test_signature_is_no_file_elsewhere(api: Api) -> None:
    """2.6.s4.b1."""
    sent, _contents = signed(jws(), fileUrl="http://example.org/signature")
    error_of(api.post(sent), 400)


def test_a_wrong_signature_sinks_the_batch(api: Api) -> None:
    right, wrong = jws(x5c=CHAIN), without_signature({"alg": "none"})
    sent = [signed(right)[0], signed(wrong, {**PLAIN, "id": None})[0]]
    del sent[1]["id"]
    parts = [further(one, Content_Type="application/octet-stream") for one in (right, wrong)]
    response = api.post(body(first(sent), *parts), Content_Type=TYPE)
    (problem,) = error_of(response, 400)["problems"]
    assert problem["path"] == "$[1].attachments[0]"
    assert not Statement.objects.exists()


def test_changed_data_is_no_longer_that_attachment(api: Api) -> None:
    content = jws(x5c=CHAIN)
    sent, _contents = signed(content)
    part = further(content + b"x", X_Experience_API_Hash=hashlib.sha256(content).hexdigest())
    raw = body(f"Content-Type:application/json\r\n\r\n{json.dumps(sent)}", part)
    error_of(api.post(raw, Content_Type=TYPE), 400)
