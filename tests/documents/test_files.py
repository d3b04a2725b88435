"""Whole files, parts of them, and none where the reader has it already (RFC 9110)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory

from documents.files import file_response

# Closing an answer ends its request, which looks after the connections to the database.
pytestmark = pytest.mark.django_db

CONTENT = bytes(range(256)) * 4


def answer(method: str = "get", **headers: str) -> Any:
    request = getattr(RequestFactory(), method)("/", headers=headers)
    return file_response(
        request,
        BytesIO(CONTENT),
        size=len(CONTENT),
        content_type="video/mp4",
        etag='"abc"',
        filename="vidéo.mp4",
    )


def body(response: Any) -> bytes:
    content = b"".join(response) if response.streaming else response.content
    response.close()
    return content


def test_the_whole_says_that_parts_may_be_asked_for() -> None:
    response = answer()
    assert (response.status_code, body(response)) == (200, CONTENT)
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == '"abc"'
    assert response["Content-Length"] == "1024"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''vid%C3%A9o.mp4"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=1000-", 1000, 1023),
        ("bytes=-24", 1000, 1023),
        ("bytes=0-9999", 0, 1023),
        ("bytes=-9999", 0, 1023),
        ("bytes = 5 - 5", 5, 5),
    ],
)
def test_a_part_is_that_part(asked: str, first: int, last: int) -> None:
    response = answer(range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/1024"
    assert response["Content-Length"] == str(last - first + 1)
    assert body(response) == CONTENT[first : last + 1]
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_what_lies_beyond_the_end_is_refused(asked: str) -> None:
    response = answer(range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */1024")
    assert body(response) == b""


@pytest.mark.parametrize(
    "asked", ["bytes=9-5", "bytes=0-1,5-6", "items=0-5", "bytes=-", "bytes=x-", "bytes=" + "9" * 40]
)
def test_what_is_no_single_range_gets_the_whole(asked: str) -> None:
    assert body(answer(range=asked)) == CONTENT


def test_a_part_of_an_older_file_gets_the_whole_new_one() -> None:
    headers = {"range": "bytes=0-99", "if-range": '"old"'}
    assert body(answer(**headers)) == CONTENT
    headers["if-range"] = '"abc"'
    response = answer(**headers)
    response.close()
    assert response.status_code == 206


def test_what_the_reader_has_is_not_sent_again() -> None:
    response = answer(**{"if-none-match": '"abc"', "range": "bytes=0-99"})
    assert (response.status_code, body(response)) == (304, b"")


def test_a_head_request_has_no_part() -> None:
    response = answer("head", range="bytes=0-99")
    assert response.status_code == 200
    assert response["Content-Length"] == "1024"
