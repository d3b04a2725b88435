"""POST statements (Part Three 2.1.2), and what is refused in a body."""

from __future__ import annotations

import uuid

import pytest

from lrs.identifiers import account_agent
from lrs.models import Statement
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
