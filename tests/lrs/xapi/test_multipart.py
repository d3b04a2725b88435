"""Statements with attachments (Part Three 1.5.2), and bodies that nobody should send."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi.jsontext import JsonError
from lrs.xapi.multipart import (
    AttachmentData,
    MultipartError,
    attachment_problems,
    content_type_of,
    multipart_chunks,
    new_boundary,
    read_parts,
    read_statements,
)

EXAMPLE_BOUNDARY = "abcABC0123'()+_,-./:=?"
EXAMPLE_HASH = "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a"
EXAMPLE_ATTACHMENT = {
    "usageType": "http://example.com/attachment-usage/test",
    "display": {"en-US": "A test attachment"},
    "contentType": "text/plain; charset=ascii",
    "length": 27,
    "sha2": EXAMPLE_HASH,
}
EXAMPLE_STATEMENT = {
    "actor": {"mbox": "mailto:sample.agent@example.com"},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
    "object": {"id": "http://www.example.com/tincan/activities/multipart"},
    "attachments": [EXAMPLE_ATTACHMENT],
}
TYPE = 'multipart/mixed; boundary="b"'
DATA = b"here is a simple attachment"


def body(*parts: bytes | str, boundary: str = "b", line_end: bytes = b"\r\n") -> bytes:
    """Parts, each with its headers, between delimiters."""
    delimiter = b"--" + boundary.encode()
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    lines = [delimiter + line_end + part + line_end for part in raw]
    return b"".join(lines) + delimiter + b"--" + line_end


def first(statements: Any = EXAMPLE_STATEMENT, kind: str = "application/json") -> str:
    return f"Content-Type:{kind}\r\n\r\n{json.dumps(statements)}"


def further(data: bytes = DATA, **headers: str | None) -> bytes:
    """The part of an attachment; a header that is None is left out."""
    told = {
        "Content-Type": "text/plain",
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hashlib.sha256(data).hexdigest(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}:{value}\r\n" for name, value in told.items() if value is not None]
    return "".join(lines).encode() + b"\r\n" + data


def test_the_standards_own_example_is_read() -> None:
    raw = b"\r\n" + body(first(), further(), boundary=EXAMPLE_BOUNDARY)
    found = read_statements(raw, f'multipart/mixed; boundary="{EXAMPLE_BOUNDARY}"')
    assert found.value == EXAMPLE_STATEMENT
    assert found.attachments == {EXAMPLE_HASH: AttachmentData(EXAMPLE_HASH, "text/plain", DATA)}
    assert attachment_problems(found.value, found.attachments) == []


@pytest.mark.parametrize(
    "header",
    [
        "multipart/mixed; boundary=b",
        'Multipart/Mixed;boundary="b"',
        "multipart/mixed; charset=utf-8; Boundary=b ; x=y",
        'multipart/mixed; boundary="\\b"',
    ],
)
def test_boundary_is_a_token_or_quoted(header: str) -> None:
    assert len(read_parts(body(first()), header)) == 1


@pytest.mark.parametrize(
    "header",
    [
        "",
        "application/json",
        "multipart/form-data; boundary=b",
        "multipart/mixed",
        "multipart/mixed; boundary=",
        'multipart/mixed; boundary=""',
        'multipart/mixed; boundary="b "',
        "multipart/mixed; boundary=" + "b" * 71,
        "multipart/mixed; boundary=b<>",
        'multipart/mixed; boundary="b\r\n"',
    ],
)
def test_content_type_without_good_boundary_is_refused(header: str) -> None:
    with pytest.raises(MultipartError, match="Content-Type"):
        read_parts(body(first()), header)


def test_what_surrounds_the_parts_is_passed_over() -> None:
    raw = b"preamble --b\r\n" + body(first()) + b"epilogue\r\n--b\r\n"
    assert len(read_parts(raw, TYPE)) == 1
    assert read_parts(body(first()).replace(b"--b\r\n", b"--b \t\r\n"), TYPE)


def test_statements_without_attachments_are_read() -> None:
    """Part Three 1.5.2.s3.b8."""
    found = read_statements(body(first([{}, {}])), TYPE)
    assert found.value == [{}, {}]
    assert found.attachments == {}


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
@pytest.mark.parametrize(
    "data", [b"", b"\r\n", b"\r\n\r\n", b"--", b"\x00\xff\r\n--", b"\n--c\r\n", b"\r", b"x--b\r\n"]
)
def test_data_is_left_untouched(data: bytes, line_end: bytes) -> None:
    head = b"a: b" + line_end * 2
    parts = read_parts(body(head + data, head, line_end=line_end), TYPE)
    assert [part.content for part in parts] == [data, b""]


def test_part_of_headers_alone_is_empty() -> None:
    """RFC 2046 5.1.1: the empty line belongs to the data, and there need be none."""
    parts = read_parts(b"--b\r\na: b\r\n\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--", TYPE)
    assert [part.content for part in parts] == [b"", b"", b""]
    assert [part.headers for part in parts] == [{"a": "b"}, {}, {}]


def test_headers_have_no_case_and_may_be_folded() -> None:
    (part,) = read_parts(body("X-one:  1 \r\nCONTENT-type: a/b;\r\n c=d\r\n\r\n"), TYPE)
    assert part.headers == {"x-one": "1", "content-type": "a/b; c=d"}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "does not occur"),
        (b"x--b\r\n", "does not occur"),
        (b"--b--\r\n", "does not begin a part"),
        (b"--bc\r\n\r\n--bc--", "does not begin a part"),
        (b"--b\r\na: b\r\n\r\nx", "closing boundary is missing"),
        (b"--b\r\na: b\r\n\r\nx\r\n--b\r\na: b\r\n\r\ny", "closing boundary is missing"),
        (b"--b\r\na: b\r\n\r\n\r\n--bc\r\n--b--", "begins with the boundary"),
        (body("no blank line"), "do not end"),
        (body("a: b\r\nno header\r\n\r\n"), "no header"),
        (body("a b: c\r\n\r\n"), "no header"),
        (body("a: b\nc: d\r\n\r\n"), "no header"),
        (body("a: b\r\nA: c\r\n\r\n"), "twice"),
        (body("a: " + "b" * 9000 + "\r\n\r\n"), "too long"),
        (body(*["a: b\r\n\r\n"] * 2001), "more than 2000 parts"),
    ],
)
def test_what_is_not_multipart_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(MultipartError, match=why):
        read_parts(raw, TYPE)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (body("\r\n{}"), "application/json"),
        (body(first(kind="text/plain")), "application/json"),
        (body(first(), further(Content_Transfer_Encoding=None)), "Transfer-Encoding"),
        (body(first(), further(Content_Transfer_Encoding="base64")), "Transfer-Encoding"),
        (body(first(), further(X_Experience_API_Hash=None)), "SHA-2"),
        (body(first(), further(X_Experience_API_Hash="abc")), "SHA-2"),
        (body(first(), further(X_Experience_API_Hash="0" * 64)), "another hash"),
        (body(first(), further(Content_Length="3")), "another length"),
    ],
)
def test_parts_that_the_standard_forbids_are_refused(raw: bytes, why: str) -> None:
    with pytest.raises(MultipartError, match=why):
        read_statements(raw, TYPE)


def test_first_part_must_be_json() -> None:
    with pytest.raises(JsonError, match="first part"):
        read_statements(body("Content-Type: application/json\r\n\r\n{"), TYPE)


@pytest.mark.parametrize("made", ["sha224", "sha256", "sha384", "sha512"])
def test_every_length_of_hash_is_known(made: str) -> None:
    sha2 = hashlib.new(made, DATA).hexdigest()
    found = read_statements(body(first(), further(X_Experience_API_Hash=sha2.upper())), TYPE)
    statement = {"attachments": [{**EXAMPLE_ATTACHMENT, "sha2": sha2.upper()}]}
    assert attachment_problems(statement, found.attachments) == []


def received(data: bytes = DATA, kind: str = "text/plain") -> dict[str, AttachmentData]:
    sha2 = hashlib.sha256(data).hexdigest()
    return {sha2: AttachmentData(sha2, kind, data)}


@pytest.mark.parametrize(
    ("value", "data", "paths"),
    [
        (EXAMPLE_STATEMENT, {}, ["$.attachments[0].sha2"]),
        ([{}, EXAMPLE_STATEMENT], {}, ["$[1].attachments[0].sha2"]),
        ({"object": EXAMPLE_STATEMENT}, {}, ["$.object.attachments[0].sha2"]),
        ({}, received(), ["$"]),
        ({"object": EXAMPLE_STATEMENT}, received(), []),
        ([EXAMPLE_STATEMENT, EXAMPLE_STATEMENT], received(), []),
        (EXAMPLE_STATEMENT, received(kind=""), []),
        (EXAMPLE_STATEMENT, received(kind="TEXT/plain; a=b"), []),
        (EXAMPLE_STATEMENT, received(kind="image/png"), ["$.attachments[0].contentType"]),
        (
            {"attachments": [{**EXAMPLE_ATTACHMENT, "length": 26}]},
            received(),
            ["$.attachments[0].length"],
        ),
        ({"attachments": [{**EXAMPLE_ATTACHMENT, "fileUrl": "http://a"}]}, {}, []),
        ({"attachments": [{**EXAMPLE_ATTACHMENT, "fileUrl": "http://a"}]}, received(), []),
        ({"attachments": [1, {"sha2": 1}, {}]}, {}, []),
        ({"attachments": {}}, {}, []),
        (1, {}, []),
    ],
)
def test_attachments_and_data_fit(value: Any, data: Any, paths: list[str]) -> None:
    assert [problem.path for problem in attachment_problems(value, data)] == paths


@given(st.lists(st.binary(max_size=40), max_size=4, unique=True))
def test_what_is_written_is_read_again(contents: list[bytes]) -> None:
    data = {item.sha2: item for one in contents for item in received(one, "a/b").values()}
    boundary = new_boundary()
    raw = b"".join(multipart_chunks('{"é":1}', data.values(), boundary=boundary))
    found = read_statements(raw, content_type_of(boundary))
    assert found.value == {"é": 1}
    assert found.attachments == data


def test_the_boundary_of_an_answer_needs_no_quotes_and_has_none() -> None:
    """TinCanJS would take them for a part of it."""
    assert re.fullmatch(r"multipart/mixed; boundary=[\w-]{1,70}", content_type_of(new_boundary()))


@given(st.binary(max_size=200) | st.text("-b\r\n: a").map(str.encode))
def test_nothing_else_than_a_refusal_comes_of_rubbish(raw: bytes) -> None:
    for attempt in (raw, b"--b\r\n" + raw, b"--b\n" + raw + b"\n--b--"):
        with contextlib.suppress(MultipartError, JsonError):
            read_statements(attempt, TYPE)
