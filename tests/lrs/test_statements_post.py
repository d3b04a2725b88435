"""POST statements (Part Three 2.1.2), and what is refused in a body."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest

from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.xapi.jsontext import MAX_DEPTH
from tests.lrs.api import VERSIONS, Api, error_of
from tests.lrs.conftest import Ledger
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def test_single_statement_answers_its_id(api: Api) -> None:
    sent = statement()
    response = api.post(sent)
    assert (response.status_code, response.json()) == (200, [sent["id"]])


def test_batch_answers_ids_in_order(api: Api) -> None:
    sent = [statement(), statement(id=None), statement()]
    ids = api.post(sent).json()
    assert [ids[0], ids[2]] == [sent[0]["id"], sent[2]["id"]]
    assert uuid.UUID(ids[1])
    assert Statement.objects.count() == 3


def test_empty_batch_stores_nothing(api: Api) -> None:
    response = api.post([])
    assert (response.status_code, response.json()) == (200, [])


def test_bad_statement_sinks_the_batch_and_is_named(api: Api) -> None:
    response = api.post([statement(), statement(verb={"id": "x"}), statement(actor=1)])
    assert [problem["path"] for problem in error_of(response, 400)["problems"]] == [
        "$[1].verb.id",
        "$[2].actor",
    ]
    assert not Statement.objects.exists()


def test_same_id_twice_in_a_batch_is_refused(api: Api) -> None:
    """Part Three 2.1.2.s2.b6."""
    sent = statement()
    assert api.post([sent, {**sent, "id": sent["id"].upper()}]).status_code == 400


def test_authority_comes_from_the_credential(api: Api) -> None:
    sent = statement(authority={"mbox": "mailto:boss@example.org"})
    api.post(sent)
    authority = api.get(statementId=sent["id"]).json()["authority"]
    assert authority == account_agent(api.credential.uid)


@pytest.mark.parametrize("is_trusted", [True, False])
def test_only_a_trusted_credential_completes(ledger: Ledger, is_trusted: bool) -> None:
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
def test_body_that_cannot_be_kept_is_refused(api: Api, body: bytes, status: int) -> None:
    response = api.post(body)
    error_of(response, status)


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
def test_content_type(api: Api, content_type: str, status: int) -> None:
    response = api.send("post", "statements", None, statement(), media_type=content_type)
    assert response.status_code == status


def test_attachment_without_file_url_needs_multipart(api: Api) -> None:
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


def test_parameters_are_refused(api: Api) -> None:
    response = api.send("post", "statements", {"statementId": str(uuid.uuid4())}, statement())
    assert response.status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        1,
        "x",
        True,
        [1],
        [[]],
        [[statement()]],
        [None],
        ["x"],
        {},
        {"statements": [statement()]},
        [statement(), None],
        [statement(), [statement()]],
        statement(id=1),
        statement(id=[]),
        statement(actor="x"),
        statement(object=[]),
        statement(verb="http://example.org/v"),
        statement(timestamp=1),
        statement(context=[]),
        statement(result=1),
        statement(attachments={}),
        statement(attachments=[1]),
        statement(attachments=[{"sha2": 1}]),
        statement(version=2),
        statement(authority="x"),
        statement(object={"objectType": {}}),
        statement(object={"objectType": "StatementRef", "id": {}}),
        statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object="x"),
    ],
)
def test_wrong_types_are_refused(api: Api, body: Any) -> None:
    """Whatever stands where: a 400 that says where, and nothing is stored."""
    error_of(api.post(json.dumps(body)), 400)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("depth", [99, 1000, 200_000])
@pytest.mark.parametrize("opening", ["[", '{"http://a.b/":'])
def test_deep_nesting(api: Api, opening: str, depth: int) -> None:
    """What is valid and too deep for this store is refused, and never a failure."""
    deep = opening * depth + "1" + ("]" if opening == "[" else "}") * depth
    for text in (
        json.dumps(statement(result={"extensions": {"http://a.b/": "X"}})).replace('"X"', deep),
        deep,
    ):
        error_of(api.post(text), 400)
    assert not Statement.objects.exists()


def test_as_deep_as_the_store_says(api: Api) -> None:
    deep: Any = 1
    for _level in range(MAX_DEPTH - 3):
        deep = [deep]
    sent = statement(result={"extensions": {"http://a.b/": deep}})
    assert api.post(sent).status_code == 200
    assert api.get(statementId=sent["id"]).json()["result"] == sent["result"]


@pytest.mark.parametrize("kind", ["application/json", 'multipart/mixed; boundary="b"'])
def test_body_too_large(api: Api, kind: str) -> None:
    """1.5.2.s3.b7, and 413 rather than 400 (Part Three 3.2)."""
    large = b" " * (10 * 1024 * 1024 + 1)
    for method, params in (("post", {}), ("put", {"statementId": str(uuid.uuid4())})):
        error_of(api.send(method, "statements", params, large, media_type=kind), 413)


def test_what_the_store_sets_is_not_the_senders(api: Api) -> None:
    """Part Two 2.4.8 and 2.4.9."""
    sent = statement(stored="2001-01-01T00:00:00Z", timestamp=None)
    api.post(sent)
    got = api.get(statementId=sent["id"]).json()
    assert got["stored"] != sent["stored"]
    assert got["timestamp"] == got["stored"]  # 2.4.7.s3.b2


@pytest.mark.parametrize("version", ["1.0.0", "1.0.3", "1.0.9"])
def test_version_of_a_statement_is_kept(api: Api, version: str) -> None:
    sent = statement(version=version)
    assert api.post(sent).status_code == 200
    assert api.get(statementId=sent["id"]).json()["version"] == version


@pytest.mark.parametrize("version", ["0.95", "1.1.0", "3.0.0", "1", ""])
def test_version_that_no_statement_has(api: Api, version: str) -> None:
    """Part Two 2.4.10."""
    error_of(api.post(statement(version=version)), 400)


def test_paths_lead_into_the_batch(api: Api) -> None:
    inner = {**statement(id=None), "objectType": "SubStatement"}
    inner["actor"] = {"objectType": "Group", "member": [{"mbox": "x"}]}
    response = api.post([statement(), statement(object=inner)])
    (problem,) = error_of(response, 400)["problems"]
    assert problem["path"] == "$[1].object.actor.member[0].mbox"
    assert problem["clause"]


def test_large_batch_answers_all_ids_in_order(api: Api) -> None:
    sent = [statement() for _one in range(120)]
    assert api.post(sent).json() == [one["id"] for one in sent]
    assert api.ids(ascending="true") == [one["id"] for one in sent]
