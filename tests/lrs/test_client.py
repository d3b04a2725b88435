"""The client against the store itself, and against ways that fail."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from lrs.client import LrsClient, LrsRefused
from lrs.models import Statement
from lrs.services import credential_create
from tests.lrs.factories import statement

ENDPOINT = "http://testserver/xapi"


def client(transport: httpx.BaseTransport, key: str = "k", secret: str = "s", **options: Any):
    return LrsClient(
        ENDPOINT, key, secret, transport=transport, sleep=lambda seconds: None, **options
    )


@pytest.fixture
def store(registry: None) -> httpx.BaseTransport:
    return httpx.WSGITransport(app=get_wsgi_application())


@pytest.mark.django_db(transaction=True)  # a real WSGI request closes its connection
@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_statements_go_there_and_back(store: httpx.BaseTransport, version: str) -> None:
    made, secret = credential_create(name="Test", scope="all")
    with client(store, made.key, secret, version=version, batch_size=2) as lrs:
        assert lrs.about()["version"] == ["1.0.3", "2.0.0"]
        ids = lrs.statements_post([statement(id=None) for _one in range(5)])
        single = statement()
        lrs.statement_put(single)
        assert [one["id"] for one in lrs.statements(ascending="true", limit="2")] == [
            *ids,
            single["id"],
        ]
        found = lrs.statement_get(ids[0])
        assert found is not None
        assert found["id"] == ids[0]
        assert lrs.statement_get("00000000-0000-4000-8000-000000000000") is None
        with pytest.raises(LrsRefused, match="400"):
            lrs.statements_post([{"actor": 1}])
    assert Statement.objects.count() == 6


def test_lost_answers_are_repeated_with_the_same_ids() -> None:
    bodies: list[Any] = []

    def flaky(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        if len(bodies) == 1:
            raise httpx.ReadTimeout("lost")
        if len(bodies) == 2:
            return httpx.Response(503)
        return httpx.Response(200, json=[one["id"] for one in bodies[-1]])

    with client(httpx.MockTransport(flaky)) as lrs:
        ids = lrs.statements_post([statement(id=None)])
    assert [body[0]["id"] for body in bodies] == ids * 3


@pytest.mark.parametrize("failure", [httpx.ConnectError("down"), 503])
def test_client_gives_up(failure: httpx.TransportError | int) -> None:
    calls = 0

    def down(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        if isinstance(failure, int):
            return httpx.Response(failure)
        raise failure

    with (
        client(httpx.MockTransport(down), attempts=3) as lrs,
        pytest.raises((LrsRefused, httpx.ConnectError)),
    ):
        lrs.statements_post([statement()])
    assert calls == 3


def test_refusal_is_not_repeated() -> None:
    calls = 0

    def refuse(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return httpx.Response(409, text="no")

    with client(httpx.MockTransport(refuse)) as lrs, pytest.raises(LrsRefused) as caught:
        lrs.statement_put(statement())
    assert (calls, caught.value.status) == (1, 409)
