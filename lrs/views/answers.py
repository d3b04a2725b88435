"""Answers in JSON that carry an entity tag (Part Three 3.1.s4.b1)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from lrs.preconditions import etag_of, quoted
from lrs.views.values import preconditions_of
from lrs.xapi.jsontext import dumps


def json_answer(request: HttpRequest, value: Any) -> HttpResponse:
    """`value` as JSON with its ETag; a 304 if the client says that it has it already."""
    body = dumps(value).encode()
    etag = etag_of(body)
    if not preconditions_of(request).none_match(etag):
        return not_modified(etag)
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = quoted(etag)
    return response


def not_modified(etag: str) -> HttpResponse:
    """RFC 9110, 15.4.5: what the client has is current."""
    response = HttpResponse(status=304)
    response["ETag"] = quoted(etag)
    return response
