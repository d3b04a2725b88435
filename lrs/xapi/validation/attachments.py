"""The headers of attachments (Part Two 2.4.11). Their data travels beside the statement."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Problem
from lrs.xapi.validation.values import (
    Found,
    array_of,
    iri,
    irl,
    language_map,
    object_of,
    text_in,
)


def length(value: Any) -> Found:
    """Part Two 2.4.11.s2: octets, a whole number."""
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not is_whole or value < 0:
        return [Problem("", "2.4.11", "must be a whole number of octets")]
    return None


attachment = object_of(
    {
        "usageType": iri,
        "display": language_map,
        "description": language_map,
        "contentType": text_in(formats.is_media_type, "2.4.11", "must be an internet media type"),
        "length": length,
        "sha2": text_in(formats.is_sha2, "2.4.11", "must be a SHA-2 in hexadecimal"),
        "fileUrl": irl,
    },
    clause="2.4.11",
    required=("usageType", "display", "contentType", "length", "sha2"),
)
"""Part Two 2.4.11.s2."""

attachments = array_of(attachment, "2.4.11")
