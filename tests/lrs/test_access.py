"""Versions, credentials, scopes, headers: what the statements resource shares with others."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from lrs.models import Credential, Statement
from lrs.services import PLATFORM, statements_store
from lrs.xapi import timestamps
from tests.lrs.api import URL, Api, error_of
from tests.lrs.factories import credential, headers, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.mark.parametrize("version", [None, "", "0.95", "1.1.0", "2.1.0", "3.0.0", "x"])
def test_version_is_asked_for_and_named(api: Api, version: str | None) -> None:
    response = api.send("get", "statements", X_Experience_API_Version=version)
    message = error_of(response, 400)["message"]
    assert "1.0.3" in message
    assert "2.0.0" in message


@pytest.mark.parametrize(
    ("asked", "answered"), [("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0.0", "2.0.0")]
)
def test_version_of_the_answer(asked: str, answered: str) -> None:
    assert Api(version=asked).get()["X-Experience-API-Version"] == answered


def test_about_needs_neither_version_nor_credential(api: Api) -> None:
    response = Client().get("/xapi/about")
    assert response.json()["version"] == ["1.0.3", "2.0.0"]
    assert "X-Experience-API-Version" in response
    assert "X-Experience-API-Consistent-Through" in response


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Basic",
        "Basic !!",
        "Basic \xe9",
        "Basic eA==",
        "Bearer x",
        "Basic eDp5",
        "Basic /w==",
    ],
)
def test_unknown_credentials_are_401(api: Api, authorization: str | None) -> None:
    response = api.send("get", "statements", Authorization=authorization)
    assert response["WWW-Authenticate"].startswith("Basic realm=")
    error_of(response, 401)


def test_withdrawn_credential_is_401(api: Api) -> None:
    Credential.objects.update(revoked_at=timezone.now(), revocation_reason="Perdu")
    assert api.post(statement()).status_code == 401


@pytest.mark.parametrize(
    ("scope", "write", "read"),
    [
        ("statements/write", 200, 403),
        ("statements/read/mine", 403, 200),
        ("statements/read", 403, 200),
        ("state", 403, 403),
        ("profile", 403, 403),
        ("define", 403, 403),
        ("all/read", 403, 200),
        ("all", 200, 200),
    ],
)
def test_scopes(scope: str, write: int, read: int) -> None:
    api = Api(scope)
    sent = statement()
    assert api.post(sent).status_code == write
    assert api.put(sent, sent["id"]).status_code == (204 if write == 200 else write)
    assert api.get().status_code == read
    statements_store(statements=[statement(), statement()], source=PLATFORM)
    more = Api("all/read").get(limit="1").json()["more"]
    assert api.follow(more).status_code == read


def test_mine_shows_only_mine() -> None:
    writer = Api("all")
    mine, other = statement(), statement()
    writer.post(mine)
    statements_store(statements=[other], source=PLATFORM)
    Credential.objects.update(scopes=["statements/read/mine"])
    assert writer.ids() == [mine["id"]]
    assert writer.get(statementId=mine["id"]).status_code == 200
    assert writer.get(statementId=other["id"]).status_code == 404


@pytest.mark.parametrize("url", [URL, "/xapi/about", f"{URL}?limit=x"])
def test_head_is_get_without_body(api: Api, url: str) -> None:
    api.post(statement())
    get, head = api.follow(url), api.follow(url, "head")
    assert head.status_code == get.status_code
    assert head.content == b""
    assert head["Content-Length"] == str(len(get.content))
    assert head["Content-Type"] == get["Content-Type"]
    assert "X-Experience-API-Version" in head


def test_consistent_through_covers_what_was_acknowledged(api: Api) -> None:
    api.post(statement())
    through = timestamps.parse(api.get()["X-Experience-API-Consistent-Through"])
    assert through >= Statement.objects.get().stored


def test_other_methods_are_405(api: Api) -> None:
    response = api.send("delete", "statements")
    assert "PUT" in response["Allow"]
    error_of(response, 405)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("activities/", 404),
        ("activities/states", 404),
        ("nothing", 404),
        ("", 404),
    ],
)
def test_the_rest_of_the_standard_is_told_apart(api: Api, path: str, status: int) -> None:
    for method in ("get", "put", "post", "delete"):
        response = getattr(api.client, method)(f"/xapi/{path}", headers=api.headers)
        error_of(response, status)


def test_no_session_and_no_csrf(api: Api) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(URL, statement(), content_type="application/json", headers=api.headers)
    assert response.status_code == 200
    assert not response.cookies


def test_failure_is_json_and_stores_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("lrs.views.statements.statements_store", lambda **_all: 1 / 0)
    api.client.raise_request_exception = False
    response = api.post(statement())
    assert "ZeroDivisionError" in caplog.text
    error_of(response, 500)


def test_answer_is_json_even_without_a_database(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_options: float) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("lrs.views.protocol.consistent_through", down)
    response = api.get(limit="x")
    assert error_of(response, 400)["problems"]
    assert response["X-Experience-API-Consistent-Through"].startswith("1970")


def test_key_and_secret_of_different_credentials_do_not_mix() -> None:
    one, _headers = credential()
    other = Api()
    response = other.client.get(URL, headers=headers(one.key, "x"))
    assert response.status_code == 401
