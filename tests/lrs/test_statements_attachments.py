"""Attachments: `multipart/mixed` in and out (Part Three 1.5 and 2.1.3, Part Two 2.4.11)."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from typing import Any

import pytest
from django.http import HttpResponse

from lrs.models import Attachment, Statement
from lrs.xapi.multipart import attachment_problems, read_statements
from tests.lrs.api import VERSIONS, Api, error_of
from tests.lrs.factories import statement
from tests.lrs.xapi.test_multipart import TYPE, body, first, further

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

TEXT = b"here is a simple attachment"
AWKWARD = [
    b"",
    b"\r\n",
    b"\r\n--b\r\nContent-Type: text/plain\r\n\r\n--b--x"[2:] + b"\x00",
    b"--",
    bytes(range(256)) * 3,
    b"a\nb\rc\r\n\r\n",
    "é€".encode("utf-16"),
]


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def attachment(data: bytes = TEXT, **changes: Any) -> dict[str, Any]:
    """What a statement says of data; a value of None takes the property away."""
    told = {
        "usageType": "http://example.org/usage",
        "display": {"fr": "Pièce"},
        "contentType": "text/plain",
        "length": len(data),
        "sha2": hashlib.sha256(data).hexdigest(),
        **changes,
    }
    return {name: value for name, value in told.items() if value is not None}


def with_data(*data: bytes, **changes: Any) -> dict[str, Any]:
    return statement(attachments=[attachment(one) for one in data], **changes)


def send(api: Api, method: str, *parts: bytes | str, kind: str = TYPE, **query: str) -> Any:
    return api.send(method, "statements", query, body(*parts), media_type=kind)


def parts_of(response: HttpResponse) -> list[tuple[dict[str, str], bytes]]:
    """Headers and data of each part, cut by nothing but the boundary that the answer names."""
    assert response.status_code == 200, response.content
    kind = re.fullmatch(r'multipart/mixed; boundary="?([^"]+)"?', response["Content-Type"])
    assert kind
    delimiter = b"\r\n--" + kind[1].encode()
    empty, *parts, end = (b"\r\n" + response.content).split(delimiter)
    assert (empty, end) == (b"", b"--\r\n")
    return [_cut(part) for part in parts]


def _cut(part: bytes) -> tuple[dict[str, str], bytes]:
    head, _empty_line, data = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    return dict(line.split(": ", 1) for line in head.decode().split("\r\n")), data


def data_of(response: HttpResponse) -> list[bytes]:
    """The data of all parts behind the first, each of which says what it must (1.5.2.s2.b2)."""
    (told, text), *further_parts = parts_of(response)
    assert told["Content-Type"] == "application/json"
    json.loads(text)
    for headers, data in further_parts:
        assert headers["Content-Transfer-Encoding"] == "binary"
        assert headers["X-Experience-API-Hash"] == hashlib.sha256(data).hexdigest()
    return [data for _headers, data in further_parts]


class TestReceiving:
    """1.5.2.s3.b4: statements with their data, PUT and POST, one or many."""

    @pytest.mark.parametrize("data", AWKWARD)
    def test_data_comes_back_byte_for_byte(self, api: Api, data: bytes) -> None:
        sent = with_data(data)
        raw = body(first(sent), further(data), boundary="other")
        response = api.post(raw, Content_Type="multipart/mixed; boundary=other")
        assert (response.status_code, response.json()) == (200, [sent["id"]])
        assert data_of(api.get(statementId=sent["id"], attachments="true")) == [data]

    def test_put(self, api: Api) -> None:
        sent = with_data(TEXT)
        response = send(api, "put", first(sent), further(TEXT), statementId=sent["id"])
        assert response.status_code == 204
        assert data_of(api.get(attachments="true")) == [TEXT]

    def test_put_takes_no_batch(self, api: Api) -> None:
        sent = with_data(TEXT)
        response = send(api, "put", first([sent]), further(TEXT), statementId=sent["id"])
        error_of(response, 400)

    @pytest.mark.parametrize("sent", [statement(), [statement(), statement()]])
    def test_none_is_fine(self, api: Api, sent: Any) -> None:
        """1.5.2.s3.b8."""
        assert send(api, "post", first(sent)).status_code == 200

    @pytest.mark.parametrize("is_multipart", [True, False])
    def test_file_url_is_enough(self, api: Api, is_multipart: bool) -> None:
        """1.5.1.s1.b2 and 1.5.2.s3.b9."""
        sent = statement(attachments=[attachment(fileUrl="http://example.org/file")])
        response = send(api, "post", first(sent)) if is_multipart else api.post(sent)
        assert response.status_code == 200
        assert data_of(api.get(attachments="true")) == []

    def test_file_url_and_data(self, api: Api) -> None:
        sent = statement(attachments=[attachment(fileUrl="http://example.org/file")])
        assert send(api, "post", first(sent), further(TEXT)).status_code == 200
        assert data_of(api.get(attachments="true")) == [TEXT]

    def test_one_copy_for_two_statements(self, api: Api) -> None:
        """1.5.2.s2.b2.b5."""
        sent = [with_data(TEXT), with_data(TEXT, b"other")]
        assert send(api, "post", first(sent), further(TEXT), further(b"other")).status_code == 200
        assert Attachment.objects.count() == 2
        assert sorted(data_of(api.get(attachments="true"))) == sorted([TEXT, b"other"])

    def test_data_that_is_here_already(self, api: Api) -> None:
        for sent in (with_data(TEXT), with_data(TEXT)):
            assert send(api, "post", first(sent), further(TEXT)).status_code == 200
        assert Attachment.objects.count() == 1
        assert data_of(api.get(attachments="true")) == [TEXT]

    def test_inside_a_substatement(self, api: Api) -> None:
        inner = with_data(TEXT, id=None, objectType="SubStatement")
        assert send(api, "post", first(statement(object=inner)), further(TEXT)).status_code == 200
        assert data_of(api.get(attachments="true")) == [TEXT]

    @pytest.mark.parametrize("name", ["sha224", "sha384", "sha512"])
    def test_every_sha2(self, api: Api, name: str) -> None:
        sha2 = hashlib.new(name, TEXT).hexdigest().upper()
        sent = statement(attachments=[attachment(sha2=sha2)])
        part = further(TEXT, X_Experience_API_Hash=sha2)
        assert send(api, "post", first(sent), part).status_code == 200
        ((_headers, data),) = parts_of(api.get(attachments="true"))[1:]
        assert data == TEXT

    def test_repetition_without_its_data(self, api: Api) -> None:
        """Two statements are compared without attachments (Part Two 2.3.1), but each is judged."""
        sent = with_data(TEXT)
        send(api, "post", first(sent), further(TEXT))
        assert send(api, "post", first(sent), further(TEXT)).json() == [sent["id"]]
        error_of(api.post(sent), 400)


SENT = with_data(TEXT)
GOOD = (first(SENT), further(TEXT))
REFUSED: dict[str, tuple[bytes, str]] = {
    "no boundary told": (body(*GOOD), "multipart/mixed"),
    "another boundary": (body(*GOOD), "multipart/mixed; boundary=other"),
    "boundary too long": (body(*GOOD), f"multipart/mixed; boundary={'b' * 71}"),
    "form-data": (body(*GOOD), "multipart/form-data; boundary=b"),
    "related": (body(*GOOD), "multipart/related; boundary=b"),
    "empty body": (b"", TYPE),
    "no part": (b"--b--\r\n", TYPE),
    "not closed": (body(*GOOD).removesuffix(b"--b--\r\n"), TYPE),
    "statements not first": (body(GOOD[1], GOOD[0]), TYPE),
    "first part of another type": (body(first(SENT, "text/plain"), GOOD[1]), TYPE),
    "first part without type": (body(first(SENT).split("\r\n", 1)[1], GOOD[1]), TYPE),
    "first part no JSON": (body("Content-Type:application/json\r\n\r\n{", GOOD[1]), TYPE),
    "no hash": (body(GOOD[0], further(TEXT, X_Experience_API_Hash=None)), TYPE),
    "hash of other data": (body(GOOD[0], further(TEXT, X_Experience_API_Hash="0" * 64)), TYPE),
    "hash of no SHA-2": (body(GOOD[0], further(TEXT, X_Experience_API_Hash="0" * 40)), TYPE),
    "hash is no hexadecimal": (body(GOOD[0], further(TEXT, X_Experience_API_Hash="x" * 64)), TYPE),
    "no encoding": (body(GOOD[0], further(TEXT, Content_Transfer_Encoding=None)), TYPE),
    "base64": (body(GOOD[0], further(TEXT, Content_Transfer_Encoding="base64")), TYPE),
    "data that nobody asked for": (body(*GOOD, further(b"more")), TYPE),
    "data missing": (body(GOOD[0]), TYPE),
    "other data": (body(GOOD[0], further(b"more")), TYPE),
    "one of two missing": (body(first(with_data(TEXT, b"more")), GOOD[1]), TYPE),
    "another type": (body(GOOD[0], further(TEXT, Content_Type="image/png")), TYPE),
    "another length of the part": (body(GOOD[0], further(TEXT, Content_Length="1")), TYPE),
    "another length": (
        body(first(statement(attachments=[attachment(length=1)])), GOOD[1]),
        TYPE,
    ),
    "hash of the statement wrong": (
        body(first(statement(attachments=[attachment(sha2="0" * 64)])), GOOD[1]),
        TYPE,
    ),
    "no statement": (body("Content-Type:application/json\r\n\r\n1", GOOD[1]), TYPE),
    "bad statement": (body(first(with_data(TEXT, verb={})), GOOD[1]), TYPE),
    "one bad of two": (body(first([SENT, statement(verb={})]), GOOD[1]), TYPE),
    "control character": (body(GOOD[0], further(TEXT, Content_Type="text/plain; x=\x00")), TYPE),
}


@pytest.mark.parametrize(("raw", "kind"), REFUSED.values(), ids=REFUSED)
def test_refusal_stores_nothing(api: Api, raw: bytes, kind: str) -> None:
    """1.5.2.s2 and s3.b5."""
    error_of(api.send("post", "statements", None, raw, media_type=kind), 400)
    params = {"statementId": SENT["id"]}
    error_of(api.send("put", "statements", params, raw, media_type=kind), 400)
    assert not Statement.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"length": 1}, "$[1].attachments[0].length"),
        ({"sha2": "0" * 64}, "$[1].attachments[0].sha2"),
        ({"contentType": "image/png"}, "$[1].attachments[0].contentType"),
    ],
)
def test_refusal_names_the_attachment(api: Api, changes: dict[str, Any], path: str) -> None:
    sent = [SENT, statement(attachments=[attachment(**changes)])]
    response = send(api, "post", first(sent), further(TEXT))
    assert [one["path"] for one in error_of(response, 400)["problems"]] == [path]


class TestAnswering:
    """2.1.3.s2.b6 and b7, on single answers, lists and further pages."""

    def test_pages_carry_their_own_data(self, api: Api) -> None:
        data = [b"one", b"two", b"three"]
        for one in data:
            send(api, "post", first(with_data(one)), further(one))
        seen, response = [], api.get(attachments="true", limit="1", ascending="true")
        while True:
            seen += data_of(response)
            page = json.loads(parts_of(response)[0][1])
            if not page["more"]:
                break
            response = api.follow(page["more"])
        assert seen == data

    @pytest.mark.parametrize("kind", ["exact", "ids", "canonical"])
    def test_every_format(self, api: Api, kind: str) -> None:
        sent = with_data(TEXT)
        send(api, "post", first(sent), further(TEXT))
        response = api.get(attachments="true", format=kind)
        assert data_of(response) == [TEXT]
        (got,) = json.loads(parts_of(response)[0][1])["statements"]
        assert got["attachments"] == sent["attachments"]

    @pytest.mark.parametrize("params", [{}, {"attachments": "false"}])
    def test_plain_json_otherwise(self, api: Api, params: dict[str, str]) -> None:
        sent = with_data(TEXT)
        send(api, "post", first(sent), further(TEXT))
        for which in ({}, {"statementId": sent["id"]}):
            response = api.get(**params, **which)
            assert response["Content-Type"] == "application/json"
            assert response.json()

    def test_nothing_to_carry_is_multipart_too(self, api: Api) -> None:
        assert data_of(api.get(attachments="true")) == []
        error_of(api.get(attachments="true", statementId=str(uuid.uuid4())), 404)

    def test_voided(self, api: Api) -> None:
        sent = with_data(TEXT)
        send(api, "post", first(sent), further(TEXT))
        reference = {"objectType": "StatementRef", "id": sent["id"]}
        void = {"id": "http://adlnet.gov/expapi/verbs/voided"}
        api.post(statement(verb=void, object=reference))
        assert data_of(api.get(attachments="true")) == []
        assert data_of(api.get(attachments="true", voidedStatementId=sent["id"])) == [TEXT]

    @pytest.mark.parametrize(
        ("told", "kinds", "answered"),
        [
            ("text/plain", ["text/plain"], "text/plain"),
            (None, ["text/plain; charset=ascii"], "text/plain; charset=ascii"),
            ("text/plain", ["text/plain", "Text/plain; charset=ascii"], "text/plain"),
            (None, ["text/plain", "text/csv"], None),
        ],
    )
    def test_type_contradicts_no_statement(
        self, api: Api, told: str | None, kinds: list[str], answered: str | None
    ) -> None:
        """1.5.2.s2.b2.b7: so another store, and this one, accepts what is answered here."""
        sent = [statement(attachments=[attachment(contentType=kind)]) for kind in kinds]
        part = further(TEXT, Content_Type=told)
        assert send(api, "post", first(sent), part).status_code == 200
        response = api.get(attachments="true")
        assert parts_of(response)[1][0].get("Content-Type") == answered
        got = read_statements(response.content, response["Content-Type"])
        assert attachment_problems(got.value["statements"], got.attachments) == []

    @pytest.mark.parametrize("kind", ["text/plain; a=\x00", "text/plain; a\x7f=b", "a/b\r\nX: y"])
    def test_type_without_control_characters(self, api: Api, kind: str) -> None:
        sent = statement(attachments=[attachment(contentType=kind)])
        error_of(send(api, "post", first(sent), further(TEXT, Content_Type=None)), 400)

    def test_head(self, api: Api) -> None:
        send(api, "post", first(SENT), further(TEXT))
        get = api.get(attachments="true")
        head = api.send("head", "statements", {"attachments": "true"})
        assert (head.status_code, head.content) == (200, b"")
        assert head["Content-Length"] == str(len(get.content))
        assert head["Content-Type"].startswith("multipart/mixed; boundary=")
