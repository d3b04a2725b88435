"""Statements in the body of a request (Part Three 1.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from email.message import Message
from typing import Any

from django.http import HttpRequest

from lrs.views.errors import ApiError
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.multipart import MultipartError, StatementsBody, media_type, read_statements
from lrs.xapi.validation import Problem


def statements_from(request: HttpRequest) -> StatementsBody:
    """The JSON value of the body, with the data of attachments. Raises 400 or 413."""
    header = request.META.get("CONTENT_TYPE", "")
    try:
        if media_type(header) == "multipart/mixed":
            return read_statements(request.body, header)
        _check_content_type(header)
        return StatementsBody(loads(request.body), {})
    except (JsonError, MultipartError) as error:
        raise ApiError(400, f"The body cannot be accepted: {error}.") from error


def check_distinct_ids(statements: Sequence[Any]) -> None:
    """Part Three 2.1.2.s2.b6: a batch with the same id twice is refused."""
    ids = [
        item["id"].lower()
        for item in statements
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    ]
    repeated = [
        Problem("$", "Part Three 2.1.2.s2.b6", f"the id {one} stands {times} times in the batch")
        for one, times in Counter(ids).items()
        if times > 1
    ]
    if repeated:
        raise ApiError(400, "Two statements of a batch share an id.", problems=repeated)


def _check_content_type(header: str) -> None:
    if header == "application/json":
        return
    message = Message()
    message["Content-Type"] = header or "none/none"
    charset = str(message.get_param("charset", "utf-8")).lower()
    if message.get_content_type() != "application/json" or charset not in ("utf-8", "utf8"):
        raise ApiError(400, "The Content-Type must be application/json or multipart/mixed.")
