"""Statements in the body of a request (Part Three 1.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from email.message import Message
from typing import Any

from django.http import HttpRequest

from lrs.views.errors import ApiError, not_built
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation import Problem


def statements_from(request: HttpRequest) -> Any:
    """The JSON value of the body. Raises 400, 413 or 501."""
    _check_content_type(request.headers.get("Content-Type", ""))
    try:
        value = loads(request.body)
    except JsonError as error:
        raise ApiError(400, f"The body cannot be accepted: {error}.") from error
    _check_attachments(value if isinstance(value, list) else [value])
    return value


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
    message = Message()
    message["Content-Type"] = header or "none/none"
    kind = message.get_content_type()
    if kind == "multipart/mixed":
        raise not_built("Multipart bodies with attachments")
    charset = str(message.get_param("charset", "utf-8")).lower()
    if kind != "application/json" or charset not in ("utf-8", "utf8"):
        raise ApiError(400, "The Content-Type must be application/json, in UTF-8.")


def _check_attachments(statements: Sequence[Any]) -> None:
    """Part Three 1.5.1: in plain JSON, an attachment must be retrievable by its fileUrl."""
    for statement in statements:
        attachments = statement.get("attachments") if isinstance(statement, dict) else None
        for attachment in attachments if isinstance(attachments, list) else []:
            if isinstance(attachment, dict) and "fileUrl" not in attachment:
                raise ApiError(400, "An attachment without fileUrl needs a multipart body.")
