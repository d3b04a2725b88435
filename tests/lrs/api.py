"""A client of the HTTP API for the tests: one credential, one version, any resource."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from lrs.xapi import timestamps
from tests.lrs.factories import credential

URL = "/xapi/statements"
VERSIONS = ("1.0.3", "2.0.0")
AGENT = {"mbox": "mailto:ann@example.org"}
OTHER_AGENT = {"account": {"homePage": "https://example.org", "name": "ben"}}
ACTIVITY = "https://example.org/activities/é/1"
REGISTRATION = "ec531277-b57b-4c15-8d91-d292c5b2b8f7"


class Api:
    """Sends requests below /xapi/ as a system with one credential would."""

    def __init__(self, scope: str = "all", *, version: str = "2.0.0", **fields: Any) -> None:
        self.credential, sent = credential(scope, **fields)
        self.headers = {**sent, "X-Experience-API-Version": version}
        self.client = Client()

    def send(
        self,
        method: str,
        resource: str,
        params: dict[str, Any] | None = None,
        body: Any = b"",
        *,
        media_type: str = "application/json",
        **headers: str | None,
    ) -> HttpResponse:
        """`params` and `body` become JSON where they are no text; a header of None is left out."""
        query = urlencode({name: as_text(value) for name, value in (params or {}).items()})
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        # The test client's own argument would be lost with an empty body.
        sent = {**self.headers, "Content-Type": media_type or None, **named}
        return self.client.generic(
            method.upper(),
            f"/xapi/{resource}{'?' if query else ''}{query}",
            body if isinstance(body, bytes) else as_text(body).encode(),
            content_type="",
            headers={name: value for name, value in sent.items() if value is not None},
        )

    def post(self, body: Any, **headers: str | None) -> HttpResponse:
        return self.send("post", "statements", None, body, **headers)

    def put(self, body: Any, statement_id: str, **headers: str | None) -> HttpResponse:
        return self.send("put", "statements", {"statementId": statement_id}, body, **headers)

    def get(self, **params: Any) -> HttpResponse:
        return self.send("get", "statements", params)

    def follow(self, url: str, method: str = "get") -> HttpResponse:
        """A URL as it is, such as a «more» link."""
        return self.client.generic(method.upper(), url, headers=self.headers)

    def ids(self, **params: Any) -> list[str]:
        """The ids of the statements of one page."""
        response = self.get(**params)
        assert response.status_code == 200, response.content
        return [item["id"] for item in response.json()["statements"]]

    def form(self, resource: str, method: str, fields: dict[str, Any]) -> HttpResponse:
        """The alternate request syntax; no header but the form's own."""
        return self.client.generic(
            "POST",
            f"/xapi/{resource}?method={method}",
            urlencode({name: as_text(value) for name, value in fields.items()}, doseq=False),
            content_type="application/x-www-form-urlencoded",
        )


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def sha1(content: bytes | str) -> str:
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha1(data).hexdigest()


def error_of(response: HttpResponse, status: int) -> dict[str, Any]:
    """The body of an error: JSON of one shape, with the headers of the standard."""
    assert response.status_code == status, response.content
    check_headers(response)
    assert response["Content-Type"] == "application/json"
    body: dict[str, Any] = response.json()
    assert body.keys() == {"message", "problems"}
    assert body["message"]
    return body


def check_headers(response: HttpResponse) -> None:
    """Part Three 3.3.s3.b1 and 2.1.3.s2.b5, for every answer of every resource."""
    assert response["X-Experience-API-Version"] in VERSIONS
    timestamps.parse(response["X-Experience-API-Consistent-Through"], strict=True)


def check_head(api: Api, resource: str, params: dict[str, Any]) -> None:
    """Part Three 1.1: HEAD answers as GET does, without a body."""
    get, head = api.send("get", resource, params), api.send("head", resource, params)
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    for name in ("Content-Type", "ETag", "Last-Modified"):
        assert head.get(name) == get.get(name)
    check_headers(head)
