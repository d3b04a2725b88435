"""The headers of attachments (Part Two 2.4.11). Their data travels beside the statement."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.values import (
    Check,
    array_of,
    check_iri,
    check_irl,
    check_language_map,
    check_object,
    text_in,
)


def check_attachment(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.11.s2."""
    check_object(
        value,
        path,
        found,
        clause="2.4.11",
        properties=_ATTACHMENT,
        required=("usageType", "display", "contentType", "length", "sha2"),
    )


def check_length(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.11.s2: octets, a whole number."""
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not is_whole or value < 0:
        found.add(path, "2.4.11", "must be a whole number of octets")


_ATTACHMENT: dict[str, Check] = {
    "usageType": check_iri,
    "display": check_language_map,
    "description": check_language_map,
    "contentType": text_in(formats.is_media_type, "2.4.11", "must be an internet media type"),
    "length": check_length,
    "sha2": text_in(formats.is_sha2, "2.4.11", "must be a SHA-2 in hexadecimal"),
    "fileUrl": check_irl,
}

check_attachments = array_of(check_attachment, "2.4.11")
