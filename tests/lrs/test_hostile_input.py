"""Whatever is sent to the API, the answer is never a failure and always of the standard's form.

Methods, paths, parameters, headers and bodies by chance, from what is right to rubbish: no answer
of 500 or more, the version on each (Part Three 3.3), errors in JSON that say why.
"""

from __future__ import annotations

import json
import urllib.parse
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lrs.api import ACTIVITY, AGENT, Api, check_headers, error_of
from tests.lrs.factories import statement
from tests.lrs.xapi import strategies
from tests.lrs.xapi.test_multipart import TYPE, body, first, further

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]

NASTY = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "\u202e\ufeff",
    "'\"; DROP TABLE lrs_statement; --",
    "%00%s%(x)s{0}",
    "../../etc/passwd",
    "9" * 400,
    "-1",
    "1e999",
    "null",
    "true",
    "[]",
    "{}",
    '{"mbox":null}',
    '{"mbox":"mailto:a@b","mbox":"mailto:c@d"}',
    '{"objectType":"Group","member":[]}',
    '{"account":{"homePage":"http://a","name":"\\u0000"}}',
    '{"account":{"homePage":"http://a","name":"\\ud800"}}',
    "[" * 3000,
    "http://" + "a" * 9000,
    "2026-13-45T99:99:99Z",
    "9999-12-31T23:59:59.999999999-23:59",
    "00000000-0000-0000-0000-000000000000",
]
RIGHT: dict[str, list[str]] = {
    "statementId": [str(uuid.UUID(int=1))],
    "voidedStatementId": [str(uuid.UUID(int=1))],
    "agent": [json.dumps(AGENT)],
    "verb": ["http://example.org/v"],
    "activity": [ACTIVITY],
    "activityId": [ACTIVITY],
    "registration": [str(uuid.UUID(int=2))],
    "related_agents": ["true", "false"],
    "related_activities": ["true", "false"],
    "since": ["2020-01-01T00:00:00Z"],
    "until": ["2090-01-01T00:00:00Z"],
    "limit": ["0", "1"],
    "ascending": ["true"],
    "format": ["exact", "ids", "canonical"],
    "attachments": ["true", "false"],
    "stateId": ["s"],
    "profileId": ["p"],
    "method": ["PUT", "GET"],
    "x": ["y"],
}
RESOURCES = {
    "about": [],
    "statements": list(RIGHT)[:15],
    "activities": ["activityId"],
    "activities/state": ["activityId", "agent", "stateId", "registration", "since"],
    "activities/profile": ["activityId", "profileId", "since"],
    "agents": ["agent"],
    "agents/profile": ["agent", "profileId", "since"],
}

nasty = st.sampled_from(NASTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


@st.composite
def queries(draw: st.DrawFn, resource: str) -> str:
    """Mostly the parameters of the resource, mostly right."""
    names = draw(st.lists(st.sampled_from([*RESOURCES.get(resource, []), "x"]), max_size=4))
    if draw(st.integers(0, 9)) == 0:
        names.append(draw(st.sampled_from(list(RIGHT))))
    pairs = [(one, draw(st.sampled_from(RIGHT[one]) | nasty)) for one in names if one != "x"]
    if draw(st.integers(0, 19)) == 0:
        pairs.append((draw(nasty), "1"))
    return urllib.parse.urlencode(pairs)


def mangled(raw: bytes) -> st.SearchStrategy[bytes]:
    """The octets with a piece cut out, doubled or replaced."""
    place = st.integers(0, len(raw))
    piece = st.sampled_from([b"", b"\x00", b"\r\n", b"--b", b'"', b"\xff", b"[" * 200, b"null"])
    return st.builds(
        lambda one, other, new: raw[: min(one, other)] + new + raw[max(one, other) :],
        place,
        place,
        piece,
    )


GOOD = json.dumps(statement(id=str(uuid.UUID(int=1)))).encode()
DATA = b"data"
PARTS = body(first(json.loads(GOOD)), further(DATA))
FORM = urllib.parse.urlencode({"content": GOOD.decode(), "statementId": str(uuid.UUID(int=1))})
bodies = st.one_of(
    st.sampled_from([b"", GOOD, PARTS, FORM.encode(), b"{}", b"[]", b"null"]),
    mangled(GOOD),
    mangled(PARTS),
    mangled(FORM.encode()),
    st.binary(max_size=30),
    strategies.sent_statements.map(lambda made: json.dumps(made).encode()),
    strategies.json_values.map(lambda made: json.dumps(made).encode()),
)
header_texts = st.one_of(
    st.sampled_from(["", "*", '"x"', 'W/"x"', "x, y", ",", '"', "a" * 5000, "\xff\xe9", ";=;q"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")),
)
headers = st.fixed_dictionaries(
    {},
    optional={
        "X_Experience_API_Version": st.sampled_from(["1.0.3", "1.0.3", "1.0", "2.0.0", "0.9"])
        | header_texts,
        "Authorization": header_texts.map(lambda text: f"Basic {text}") | header_texts,
        "Accept_Language": header_texts,
        "If_Match": header_texts,
        "If_None_Match": header_texts,
        "Origin": header_texts,
        "Content_Type": st.sampled_from(
            [
                "application/json",
                TYPE,
                "application/x-www-form-urlencoded",
                "application/json; charset=x",
                "application/json; charset*=utf-8''x",
                "text/plain",
                "multipart/form-data; boundary=b",
            ]
        )
        | header_texts,
    },
)
paths = st.sampled_from([*RESOURCES, *RESOURCES, "statements", "statements"]) | st.one_of(
    nasty.map(lambda text: "statements/more/" + urllib.parse.quote(text, safe="")),
    nasty.map(lambda text: urllib.parse.quote(text)),
)
methods = st.sampled_from(
    ["get", "get", "head", "put", "put", "post", "post", "delete", "options", "patch", "trace"]
)


def check_answer(response: HttpResponse, method: str) -> None:
    assert response.status_code < 500, response.content
    check_headers(response)
    if method == "head" or response.status_code in (204, 304):
        assert response.content == b""
    elif response.status_code >= 400:
        error_of(response, response.status_code)
    elif method == "get" and response["Content-Type"] == "application/json":
        json.loads(response.content)


def test_no_request_makes_it_fail() -> None:
    api = Api()
    stored = statement(id=str(uuid.UUID(int=1)), object={"id": ACTIVITY})
    api.post([stored, statement()])

    @settings(max_examples=400, suppress_health_check=list(HealthCheck))
    @given(methods, paths, headers, bodies, st.data())
    def check(method: str, path: str, sent: dict[str, str], raw: bytes, data: Any) -> None:
        query = data.draw(queries(path))
        with transaction.atomic():
            url = f"{path}?{query}" if query else path
            response = api.send(method, url, None, raw, **sent)
            check_answer(response, method)
            transaction.set_rollback(True)

    check()


def test_no_statements_make_it_fail() -> None:
    """Bodies of the right address and credential alone, which go furthest."""
    api = Api()
    kinds = st.sampled_from(["application/json", TYPE])

    @settings(max_examples=200, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(["1.0.3", "2.0.0"]), kinds, bodies)
    def check(version: str, kind: str, raw: bytes) -> None:
        with transaction.atomic():
            sent = {"X_Experience_API_Version": version, "Content_Type": kind}
            check_answer(api.post(raw, **sent), "post")
            for params in ({}, {"format": "canonical"}, {"format": "ids", "attachments": "true"}):
                check_answer(api.get(**params), "get")
            transaction.set_rollback(True)

    check()


def test_no_filter_makes_it_fail() -> None:
    api = Api()
    api.post([statement(), statement(object={"id": ACTIVITY})])

    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    @given(queries("statements"))
    def check(query: str) -> None:
        with transaction.atomic():
            check_answer(api.follow(f"/xapi/statements?{query}"), "get")

    check()
