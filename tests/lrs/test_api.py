"""The statements resource over HTTP (Part Three), clause by clause."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lrs.identifiers import account_agent
from lrs.models import Credential, Statement
from lrs.services import PLATFORM, statements_store
from lrs.xapi import timestamps
from lrs.xapi.vocabulary import verbs
from tests.lrs.conftest import Ledger
from tests.lrs.factories import ACTIVITY, credential, headers, statement, voiding

pytestmark = pytest.mark.django_db

URL = "/xapi/statements"


class Api:
    """A client of the API with one credential."""

    def __init__(self, scope: str = "all", **fields: Any) -> None:
        self.credential, self.headers = credential(scope, **fields)
        self.client = Client()

    def post(self, body: Any, **changes: Any) -> HttpResponse:
        return self.send("post", body, **changes)

    def put(self, body: Any, statement_id: str, **changes: Any) -> HttpResponse:
        return self.send("put", body, query=f"?statementId={statement_id}", **changes)

    def send(
        self,
        method: str,
        body: Any,
        *,
        query: str = "",
        content_type: str = "application/json",
        **changes: str,
    ) -> HttpResponse:
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return getattr(self.client, method)(
            URL + query, data, content_type=content_type, headers={**self.headers, **changes}
        )

    def get(self, url: str = URL, *, method: str = "get", **params: str) -> HttpResponse:
        return getattr(self.client, method)(url, params, headers=self.headers)

    def ids(self, **params: str) -> list[str]:
        response = self.get(**params)
        assert response.status_code == 200, response.content
        return [item["id"] for item in response.json()["statements"]]

    def version(self, version: str) -> Api:
        self.headers = {**self.headers, "X-Experience-API-Version": version}
        return self


@pytest.fixture
def api(registry: None) -> Api:
    return Api()


def error_of(response: HttpResponse) -> dict[str, Any]:
    """The body of an error: always JSON of the same shape, with the headers of the standard."""
    assert response["Content-Type"] == "application/json"
    assert "X-Experience-API-Version" in response
    timestamps.parse(response["X-Experience-API-Consistent-Through"], strict=True)
    body: dict[str, Any] = response.json()
    assert body.keys() == {"message", "problems"}
    assert body["message"]
    return body


class TestPut:
    """Part Three 2.1.1."""

    @pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
    def test_statement_is_stored(self, api: Api, version: str) -> None:
        sent = statement(id=None)
        statement_id = str(uuid.uuid4())
        response = api.version(version).put(sent, statement_id)
        assert (response.status_code, response.content) == (204, b"")
        assert api.get(statementId=statement_id).json()["id"] == statement_id

    def test_repetition_is_fine_and_other_content_a_conflict(self, api: Api) -> None:
        sent = statement()
        assert api.put(sent, sent["id"]).status_code == 204
        assert api.put(sent, sent["id"].upper()).status_code == 204
        response = api.put({**sent, "result": {"success": True}}, sent["id"])
        assert response.status_code == 409
        assert sent["id"] in error_of(response)["message"]
        assert "result" not in api.get(statementId=sent["id"]).json()

    def test_id_must_match(self, api: Api) -> None:
        response = api.put(statement(), str(uuid.uuid4()))
        assert response.status_code == 400
        assert error_of(response)["problems"][0]["path"] == "$.id"

    @pytest.mark.parametrize(
        "query", ["", "?statementId=x", "?statementId=", "?statementid=x", "?other=1"]
    )
    def test_parameter_is_required_and_alone(self, api: Api, query: str) -> None:
        response = api.send("put", statement(), query=query)
        assert response.status_code == 400
        error_of(response)

    def test_batch_is_refused(self, api: Api) -> None:
        assert api.put([statement()], str(uuid.uuid4())).status_code == 400


class TestPost:
    """Part Three 2.1.2."""

    def test_single_statement_answers_its_id(self, api: Api) -> None:
        sent = statement()
        response = api.post(sent)
        assert (response.status_code, response.json()) == (200, [sent["id"]])

    def test_batch_answers_ids_in_order(self, api: Api) -> None:
        sent = [statement(), statement(id=None), statement()]
        ids = api.post(sent).json()
        assert [ids[0], ids[2]] == [sent[0]["id"], sent[2]["id"]]
        assert uuid.UUID(ids[1])
        assert Statement.objects.count() == 3

    def test_empty_batch_stores_nothing(self, api: Api) -> None:
        response = api.post([])
        assert (response.status_code, response.json()) == (200, [])

    def test_bad_statement_sinks_the_batch_and_is_named(self, api: Api) -> None:
        response = api.post([statement(), statement(verb={"id": "x"}), statement(actor=1)])
        assert response.status_code == 400
        assert [problem["path"] for problem in error_of(response)["problems"]] == [
            "$[1].verb.id",
            "$[2].actor",
        ]
        assert not Statement.objects.exists()

    def test_same_id_twice_in_a_batch_is_refused(self, api: Api) -> None:
        """Part Three 2.1.2.s2.b6."""
        sent = statement()
        assert api.post([sent, {**sent, "id": sent["id"].upper()}]).status_code == 400

    def test_authority_comes_from_the_credential(self, api: Api) -> None:
        sent = statement(authority={"mbox": "mailto:boss@example.org"})
        api.post(sent)
        authority = api.get(statementId=sent["id"]).json()["authority"]
        assert authority == account_agent(api.credential.uid)

    @pytest.mark.parametrize("is_trusted", [True, False])
    def test_only_a_trusted_credential_completes(self, ledger: Ledger, is_trusted: bool) -> None:
        assert Api(is_trusted=is_trusted).post(statement()).status_code == 200
        assert bool(ledger.first) is is_trusted

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            (b"", 400),
            (b"{", 400),
            (b'{"a":1,"a":1}', 400),
            (b"[NaN]", 400),
            (b"\xff", 400),
            (b"[" * 5000, 400),
            (b"1", 400),
            (b"null", 400),
            (b" " * (10 * 1024 * 1024 + 1), 413),
        ],
    )
    def test_body_that_cannot_be_kept_is_refused(self, api: Api, body: bytes, status: int) -> None:
        response = api.post(body)
        assert response.status_code == status
        error_of(response)

    @pytest.mark.parametrize(
        ("content_type", "status"),
        [
            ("application/json; charset=utf-8", 200),
            ("application/json; charset=latin-1", 400),
            ("text/plain", 400),
            ("application/x-www-form-urlencoded", 400),
            ("multipart/mixed; boundary=x", 400),
            ("", 400),
        ],
    )
    def test_content_type(self, api: Api, content_type: str, status: int) -> None:
        response = api.send("post", json.dumps(statement()), content_type=content_type)
        assert response.status_code == status

    def test_attachment_without_file_url_needs_multipart(self, api: Api) -> None:
        attachment = {
            "usageType": "http://example.org/u",
            "display": {"fr": "d"},
            "contentType": "text/plain",
            "length": 1,
            "sha2": "0" * 64,
        }
        assert api.post(statement(attachments=[attachment])).status_code == 400
        there = {**attachment, "fileUrl": "http://example.org/file"}
        assert api.post(statement(attachments=[there])).status_code == 200

    def test_parameters_are_refused(self, api: Api) -> None:
        response = api.send("post", statement(), query=f"?statementId={uuid.uuid4()}")
        assert response.status_code == 400


class TestGetOne:
    """Part Three 2.1.3 with an id, and 2.1.4."""

    def test_statement_as_it_was_stored(self, api: Api) -> None:
        sent = statement(result={"score": {"scaled": 0.1, "raw": 1.0}})
        api.post(sent)
        response = api.get(statementId=sent["id"])
        assert response.content.decode() == Statement.objects.get().payload
        assert response["Content-Type"] == "application/json"
        assert response["Last-Modified"].endswith("GMT")

    def test_unknown_is_404(self, api: Api) -> None:
        response = api.get(statementId=str(uuid.uuid4()))
        assert response.status_code == 404
        error_of(response)

    def test_voided_statement_is_found_as_such_only(self, api: Api) -> None:
        sent = statement()
        void = voiding(sent["id"])
        api.post([sent, void])
        assert api.get(statementId=sent["id"]).status_code == 404
        assert api.get(voidedStatementId=sent["id"]).json()["id"] == sent["id"]
        assert api.get(voidedStatementId=void["id"]).status_code == 404
        assert api.ids() == [void["id"]]

    def test_voiding_the_platforms_own_is_forbidden(self, api: Api) -> None:
        sent = statement()
        statements_store(statements=[sent], source=PLATFORM)
        response = api.post(voiding(sent["id"]))
        assert response.status_code == 403
        error_of(response)

    @pytest.mark.parametrize("name", ["agent", "verb", "since", "limit", "ascending"])
    def test_filters_beside_an_id_are_refused(self, api: Api, name: str) -> None:
        assert api.get(statementId=str(uuid.uuid4()), **{name: "1"}).status_code == 400

    def test_both_ids_are_refused(self, api: Api) -> None:
        one = str(uuid.uuid4())
        assert api.get(statementId=one, voidedStatementId=one).status_code == 400

    def test_format_and_attachments_may_stand_beside_an_id(self, api: Api) -> None:
        sent = statement()
        api.post(sent)
        response = api.get(statementId=sent["id"], format="exact", attachments="false")
        assert response.status_code == 200


class TestGetMany:
    """Part Three 2.1.3 without an id."""

    def test_nothing_is_an_empty_list(self, api: Api) -> None:
        assert api.get().json() == {"statements": [], "more": ""}

    def test_newest_first_unless_ascending(self, api: Api) -> None:
        sent = [statement() for _one in range(3)]
        for one in sent:
            api.post(one)
        ids = [one["id"] for one in sent]
        assert api.ids() == ids[::-1]
        assert api.ids(ascending="true") == ids
        assert api.ids(ascending="false", limit="2") == ids[:0:-1]

    def test_filters(self, api: Api) -> None:
        agent, registration = account_agent("b"), str(uuid.uuid4())
        by_agent = statement(actor={**agent, "name": "B"})
        about_agent = statement(object=agent)
        by_verb = statement(verb={"id": verbs.FAILED})
        by_activity = statement(object={"id": "http://example.org/x"})
        by_registration = statement(context={"registration": registration})
        api.post([by_agent, about_agent, by_verb, by_activity, by_registration])
        assert set(api.ids(agent=json.dumps(agent))) == {by_agent["id"], about_agent["id"]}
        assert api.ids(verb=verbs.FAILED) == [by_verb["id"]]
        assert api.ids(activity="http://example.org/x") == [by_activity["id"]]
        assert api.ids(registration=registration.upper()) == [by_registration["id"]]
        assert api.ids(registration=registration, verb=verbs.FAILED) == []

    def test_since_is_exclusive_and_until_inclusive(self, api: Api) -> None:
        for _one in range(3):
            api.post(statement())
        stored = [
            timestamps.format_utc(moment)
            for moment in Statement.objects.order_by("pk").values_list("stored", flat=True)
        ]
        assert len(api.ids(since=stored[0])) == 2
        assert len(api.ids(until=stored[0])) == 1
        assert len(api.ids(since=stored[0], until=stored[1])) == 1

    @pytest.mark.parametrize("ascending", ["true", "false"])
    def test_pages_stay_where_they_are_while_others_write(self, api: Api, ascending: str) -> None:
        sent = [statement() for _one in range(7)]
        api.post(sent[:4])
        api.post(sent[4:])
        known = {one["id"] for one in sent}
        page = api.get(limit="2", ascending=ascending, verb=verbs.COMPLETED).json()
        seen = [one["id"] for one in page["statements"]]
        while page["more"]:
            assert page["more"].startswith("/xapi/statements/more/")
            api.post(statement())
            api.post(statement(verb={"id": verbs.FAILED}))
            page = api.get(page["more"]).json()
            seen += [one["id"] for one in page["statements"]]
            if len(seen) > 20:
                break
        assert [one for one in seen if one in known] == (
            [one["id"] for one in sent] if ascending == "true" else [o["id"] for o in sent[::-1]]
        )
        assert len(set(seen)) == len(seen)

    def test_more_keeps_every_filter(self, api: Api) -> None:
        registration = str(uuid.uuid4())
        hit = {"context": {"registration": registration}}
        api.post([statement(**hit), statement(), statement(**hit), statement()])
        agent = json.dumps(account_agent(uuid.UUID(int=1)))
        page = api.get(
            limit="1",
            agent=agent,
            verb=verbs.COMPLETED,
            activity=ACTIVITY,
            registration=registration,
            since="2020-01-01T00:00:00Z",
            until="2120-01-01T00:00:00Z",
        ).json()
        rest = api.get(page["more"]).json()
        assert len(rest["statements"]) == 1
        assert rest["more"] == ""

    def test_forged_cursor_is_404(self, api: Api) -> None:
        assert api.get(f"{URL}/more/abc").status_code == 404
        api.post([statement(), statement()])
        more = api.get(limit="1").json()["more"]
        assert api.get(more[:-2] + "xx").status_code == 404

    @pytest.mark.parametrize(
        "params",
        [
            {"unknown": "1"},
            {"Verb": "http://example.org/v"},
            {"verb": "completed"},
            {"activity": "x"},
            {"agent": "x"},
            {"agent": "{}"},
            {"agent": '{"objectType":"Group","member":[]}'},
            {"agent": '{"mbox":"a@example.org"}'},
            {"registration": "x"},
            {"since": "yesterday"},
            {"until": "2020-01-01"},
            {"limit": "-1"},
            {"limit": "1.5"},
            {"limit": "٣"},
            {"ascending": "True"},
            {"ascending": "1"},
            {"related_agents": "yes"},
            {"format": "short"},
            {"attachments": "1"},
            {"statementId": "x"},
            {"voidedStatementId": ""},
        ],
    )
    def test_bad_parameters_are_refused(self, api: Api, params: dict[str, str]) -> None:
        response = api.get(**params)
        assert response.status_code == 400
        assert error_of(response)["problems"]

    def test_repeated_parameter_is_refused(self, api: Api) -> None:
        assert api.get(f"{URL}?limit=1&limit=2").status_code == 400

    def test_queries_do_not_grow(
        self, api: Api, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        api.post([statement() for _one in range(5)])
        api.get()
        for _round in range(2):
            with django_assert_num_queries(3):  # credential, page, consistent-through
                api.get()
            api.post([statement() for _one in range(10)])


class TestProtocol:
    """Versions, credentials, scopes, HEAD, headers."""

    @pytest.mark.parametrize("version", [None, "", "0.95", "1.1.0", "2.1.0", "3.0.0", "x"])
    def test_version_is_asked_for_and_named(self, api: Api, version: str | None) -> None:
        del api.headers["X-Experience-API-Version"]
        if version is not None:
            api.version(version)
        response = api.get()
        assert response.status_code == 400
        message = error_of(response)["message"]
        assert "1.0.3" in message
        assert "2.0.0" in message

    @pytest.mark.parametrize(
        ("asked", "answered"), [("1.0", "1.0.3"), ("1.0.1", "1.0.3"), ("2.0.0", "2.0.0")]
    )
    def test_version_of_the_answer(self, api: Api, asked: str, answered: str) -> None:
        assert api.version(asked).get()["X-Experience-API-Version"] == answered

    def test_about_needs_neither_version_nor_credential(self, api: Api) -> None:
        response = Client().get("/xapi/about")
        assert response.json()["version"] == ["1.0.3", "2.0.0"]
        assert "X-Experience-API-Version" in response
        assert "X-Experience-API-Consistent-Through" in response

    @pytest.mark.parametrize(
        "authorization",
        [None, "", "Basic", "Basic !!", "Basic eA==", "Bearer x", "Basic eDp5", "Basic /w=="],
    )
    def test_unknown_credentials_are_401(self, api: Api, authorization: str | None) -> None:
        api.headers.pop("Authorization")
        if authorization is not None:
            api.headers["Authorization"] = authorization
        response = api.get()
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Basic realm=")
        error_of(response)

    def test_withdrawn_credential_is_401(self, api: Api) -> None:
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
    def test_scopes(self, registry: None, scope: str, write: int, read: int) -> None:
        api = Api(scope)
        sent = statement()
        assert api.post(sent).status_code == write
        assert api.put(sent, sent["id"]).status_code == (204 if write == 200 else write)
        assert api.get().status_code == read
        statements_store(statements=[statement(), statement()], source=PLATFORM)
        more = Api("all/read").get(limit="1").json()["more"]
        assert api.get(more).status_code == read

    def test_mine_shows_only_mine(self, registry: None) -> None:
        writer = Api("all")
        mine, other = statement(), statement()
        writer.post(mine)
        statements_store(statements=[other], source=PLATFORM)
        Credential.objects.update(scopes=["statements/read/mine"])
        assert writer.ids() == [mine["id"]]
        assert writer.get(statementId=mine["id"]).status_code == 200
        assert writer.get(statementId=other["id"]).status_code == 404

    @pytest.mark.parametrize("url", [URL, "/xapi/about", f"{URL}?limit=x"])
    def test_head_is_get_without_body(self, api: Api, url: str) -> None:
        api.post(statement())
        get, head = api.get(url), api.get(url, method="head")
        assert head.status_code == get.status_code
        assert head.content == b""
        assert head["Content-Length"] == str(len(get.content))
        assert head["Content-Type"] == get["Content-Type"]
        assert "X-Experience-API-Version" in head

    def test_consistent_through_covers_what_was_acknowledged(self, api: Api) -> None:
        api.post(statement())
        through = timestamps.parse(api.get()["X-Experience-API-Consistent-Through"])
        assert through >= Statement.objects.get().stored

    def test_other_methods_are_405(self, api: Api) -> None:
        response = api.get(method="delete")
        assert response.status_code == 405
        assert "PUT" in response["Allow"]
        error_of(response)

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("activities/", 404),
            ("activities/states", 404),
            ("nothing", 404),
            ("", 404),
        ],
    )
    def test_the_rest_of_the_standard_is_told_apart(self, api: Api, path: str, status: int) -> None:
        for method in ("get", "put", "post", "delete"):
            response = getattr(api.client, method)(f"/xapi/{path}", headers=api.headers)
            assert response.status_code == status
            error_of(response)

    def test_no_session_and_no_csrf(self, api: Api) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post(
            URL, statement(), content_type="application/json", headers=api.headers
        )
        assert response.status_code == 200
        assert not response.cookies

    def test_failure_is_json_and_stores_nothing(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("lrs.views.statements.statements_store", lambda **_all: 1 / 0)
        api.client.raise_request_exception = False
        response = api.post(statement())
        assert response.status_code == 500
        assert "ZeroDivisionError" in caplog.text
        error_of(response)


def test_answer_is_json_even_without_a_database(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(**_options: float) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("lrs.views.protocol.consistent_through", down)
    response = api.get(limit="x")
    assert error_of(response)["problems"]
    assert response["X-Experience-API-Consistent-Through"].startswith("1970")


def test_key_and_secret_of_different_credentials_do_not_mix(registry: None) -> None:
    one, _headers = credential()
    other = Api()
    response = other.client.get(URL, headers=headers(one.key, "x"))
    assert response.status_code == 401
