"""`multipart/mixed`: statements with the data of their attachments (Part Three 1.5.2; RFC 2046).

Written by hand: the libraries at hand either read `form-data` only, or, as the standard library's
e-mail parser, take binary data for lines of text and forgive what must be refused here.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation.problems import Problem

MAX_PARTS = 2000
MAX_HEADERS = 8192  # octets of the headers of one part
_LONGEST_PADDING = 256  # octets of spaces behind a delimiter

_CLAUSE = "Part Three 1.5.2"
_PARAMETER = re.compile(r';[ \t]*([^\s;="]+)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"|[^;"]*)[ \t]*')
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+)[ \t]*:[ \t]*(.*?)[ \t]*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_HASHES = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


class MultipartError(ValueError):
    """The body is not `multipart/mixed` as the standard wants it; the message says why."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: headers under their names in lower case, and its octets untouched."""

    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class AttachmentData:
    """The data of an attachment; `sha2` in lower case, `content_type` empty if not told."""

    sha2: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StatementsBody:
    """The JSON value of the first part, and the data of attachments by their SHA-2."""

    value: Any
    attachments: Mapping[str, AttachmentData]


def read_statements(
    body: bytes, content_type: str, *, max_parts: int = MAX_PARTS
) -> StatementsBody:
    """Read a request's body under its `Content-Type` header. Raises MultipartError, JsonError.

    Whether statements and data belong together is for `attachment_problems` to say.
    """
    first, *further = read_parts(body, content_type, max_parts=max_parts)
    if media_type(first.headers.get("content-type", "")) != "application/json":
        raise MultipartError("the first part must be of type application/json")
    try:
        value = loads(first.content)
    except JsonError as error:
        raise JsonError(f"in the first part: {error}") from error
    data = [_attachment(part, number) for number, part in enumerate(further, start=2)]
    return StatementsBody(value, {item.sha2: item for item in data})


def attachment_problems(value: Any, received: Mapping[str, AttachmentData]) -> list[Problem]:
    """What does not fit between one statement or a list of them, and the data that came with it.

    Part Three 1.5.2.s3.b5: an attachment has a fileUrl or its data; s2.b2.b7: what a part and its
    attachment both tell is the same; no part is there for nothing. `received` is empty for a body
    of plain JSON (1.5.1). Attachments that are not valid are passed over: validation names them.
    """
    problems: list[Problem] = []
    wanted: set[str] = set()
    for path, attachment in _attachments(value):
        sha2 = attachment["sha2"].lower()
        wanted.add(sha2)
        if sha2 in received:
            problems += _mismatches(path, attachment, received[sha2])
        elif "fileUrl" not in attachment:
            message = "has neither a fileUrl nor a part with this hash"
            problems.append(Problem(f"{path}.sha2", f"{_CLAUSE}.s3.b5", message))
    problems += [
        Problem("$", f"{_CLAUSE}.s2.b2.b2", f"no attachment asks for the part with hash {sha2}")
        for sha2 in received
        if sha2 not in wanted
    ]
    return problems


def attachment_types(value: Any) -> dict[str, set[str]]:
    """The content types that valid statements tell of each attachment, by its SHA-2."""
    types: dict[str, set[str]] = {}
    for _path, attachment in _attachments(value):
        types.setdefault(attachment["sha2"].lower(), set()).add(attachment["contentType"])
    return types


def typed_for(value: Any, data: Iterable[AttachmentData]) -> list[AttachmentData]:
    """The data as parts beside the statements of `value`: of a type that contradicts none of them.

    Part Three 1.5.2.s2.b2.b7: without a type where two statements tell different ones.
    """
    types = attachment_types(value)
    return [
        replace(item, content_type=_common_type(types.get(item.sha2, {item.content_type})))
        for item in data
    ]


def multipart_chunks(
    json_text: str, attachments: Iterable[AttachmentData], *, boundary: str
) -> Iterator[bytes]:
    """An answer's body piece by piece: the statements, then each attachment's data."""
    delimiter = f"--{boundary}".encode()
    yield delimiter + b"\r\nContent-Type: application/json\r\n\r\n" + json_text.encode()
    for item in attachments:
        kind = f"Content-Type: {item.content_type}\r\n" if item.content_type else ""
        headers = (
            f"{kind}Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {item.sha2}\r\n\r\n"
        )
        yield b"\r\n" + delimiter + b"\r\n" + headers.encode()
        yield item.content
    yield b"\r\n" + delimiter + b"--\r\n"


def content_type_of(boundary: str) -> str:
    """The `Content-Type` header of a body with this boundary, which must be a token.

    Without quotes: it needs none, and some clients would take them for a part of it.
    """
    return f"multipart/mixed; boundary={boundary}"


def new_boundary() -> str:
    """128 bits by chance: no data that was there before contains it."""
    return f"xapi-{secrets.token_hex(16)}"


def media_type(header: str) -> str:
    """The type of a `Content-Type` header in lower case, without its parameters."""
    return header.partition(";")[0].strip().lower()


def read_parts(body: bytes, content_type: str, *, max_parts: int = MAX_PARTS) -> list[Part]:
    """The parts of a `multipart/mixed` body, at least one. Raises MultipartError.

    RFC 2046 5.1.1: a delimiter begins its line, and the line break before it is not data; what
    stands before the first and behind the last is passed over. A sender that ends lines with LF
    alone is understood if it does so from the first delimiter on.
    """
    delimiter = b"--" + _boundary(content_type)
    line_end, at = _first_delimiter(body, delimiter)
    parts: list[Part] = []
    while True:
        end = body.find(line_end + delimiter, at)
        if end < 0:
            raise MultipartError("the closing boundary is missing")
        line, next_at = _rest_of_line(body, end + len(line_end) + len(delimiter), line_end)
        if line is None:  # only the beginning of a line of data
            raise MultipartError("a line begins with the boundary, but does not end with it")
        if len(parts) >= max_parts:
            raise MultipartError(f"there are more than {max_parts} parts")
        parts.append(_part(body, at, end, line_end, number=len(parts) + 1))
        if line == b"--":
            return parts
        at = next_at


def _boundary(content_type: str) -> bytes:
    if media_type(content_type) != "multipart/mixed":
        raise MultipartError("the Content-Type must be multipart/mixed")
    parameters = {
        name.lower(): re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text.strip()
        for name, text in _PARAMETER.findall(content_type)
    }
    boundary = parameters.get("boundary", "")
    if not _BOUNDARY.fullmatch(boundary):
        raise MultipartError("the Content-Type must name a boundary of 1 to 70 allowed characters")
    return boundary.encode()


def _first_delimiter(body: bytes, delimiter: bytes) -> tuple[bytes, int]:
    """How lines end, and where the first part begins."""
    at = 0 if body.startswith(delimiter) else body.find(b"\n" + delimiter) + 1
    if at == 0 and not body.startswith(delimiter):
        raise MultipartError("the boundary does not occur in the body")
    for line_end in (b"\r\n", b"\n"):
        line, next_at = _rest_of_line(body, at + len(delimiter), line_end)
        if line == b"":
            return line_end, next_at
    raise MultipartError("the first boundary does not begin a part")


def _rest_of_line(body: bytes, at: int, line_end: bytes) -> tuple[bytes | None, int]:
    """What follows a delimiter on its line: nothing, ``--``, or None for what is no delimiter."""
    if body[at : at + 2] == b"--":
        return b"--", at + 2
    end = body.find(line_end, at, at + _LONGEST_PADDING)
    if end < 0 or body[at:end].strip(b" \t"):
        return None, at
    return b"", end + len(line_end)


def _part(body: bytes, at: int, end: int, line_end: bytes, *, number: int) -> Part:
    """The part from `at` to `end`; one with headers alone, and not even an empty line, is empty."""
    if at == end:
        return Part({}, b"")
    if body.startswith(line_end, at, end):
        return Part({}, body[at + len(line_end) : end])
    head_end = body.find(line_end * 2, at, min(end, at + MAX_HEADERS))
    content_at = head_end + 2 * len(line_end)
    if head_end < 0 and end - at <= MAX_HEADERS and body.endswith(line_end, at, end):
        head_end, content_at = end - len(line_end), end
    if head_end < 0:
        raise MultipartError(f"the headers of part {number} do not end, or are too long")
    return Part(_headers(body[at:head_end], line_end, number), body[content_at:end])


def _headers(raw: bytes, line_end: bytes, number: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    unfolded = re.sub(r"\r?\n[ \t]+", " ", raw.decode("latin-1"))
    for line in unfolded.split(line_end.decode()):
        match = _HEADER.fullmatch(line)
        if match is None or _CONTROL.search(line):
            raise MultipartError(f"part {number} has a line that is no header")
        name = match[1].lower()
        if name in headers:
            raise MultipartError(f"part {number} has the header {name} twice")
        headers[name] = match[2]
    return headers


def _attachment(part: Part, number: int) -> AttachmentData:
    """Part Three 1.5.2.s2.b2.b3 and b4: a hash, and binary data."""
    encoding = part.headers.get("content-transfer-encoding", "")
    if encoding.lower() != "binary":
        raise MultipartError(f"part {number} must have Content-Transfer-Encoding: binary")
    sha2 = part.headers.get("x-experience-api-hash", "").lower()
    made = _HASHES.get(len(sha2))
    if made is None:
        raise MultipartError(f"part {number} must have a SHA-2 as X-Experience-API-Hash")
    if made(part.content).hexdigest() != sha2:
        raise MultipartError(f"the data of part {number} has another hash than its header says")
    length = part.headers.get("content-length")
    if length is not None and length != str(len(part.content)):
        raise MultipartError(f"part {number} has another length than its header says")
    return AttachmentData(sha2, part.headers.get("content-type", ""), part.content)


def _common_type(types: set[str]) -> str:
    if len(types) > 1:
        types = {media_type(one) for one in types}
    return next(iter(types)) if len(types) == 1 else ""


def _attachments(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The attachments of all statements and their sub-statements that name a hash."""
    statements = (
        [(f"$[{index}]", item) for index, item in enumerate(value)]
        if isinstance(value, list)
        else [("$", value)]
    )
    for path, statement in statements:
        if isinstance(statement, dict):
            yield from _own_attachments(path, statement)
            yield from _own_attachments(f"{path}.object", statement.get("object"))


def _own_attachments(path: str, statement: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    attachments = statement.get("attachments") if isinstance(statement, dict) else None
    for index, item in enumerate(attachments if isinstance(attachments, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("sha2"), str):
            yield f"{path}.attachments[{index}]", item


def _mismatches(path: str, attachment: dict[str, Any], data: AttachmentData) -> list[Problem]:
    """Part Three 1.5.2.s2.b2.b7; of types, as in the standard's own example, without parameters."""
    problems = []
    if attachment.get("length") != len(data.content):
        message = f"the data has {len(data.content)} octets"
        problems.append(Problem(f"{path}.length", f"{_CLAUSE}.s2.b2.b7", message))
    told = media_type(data.content_type)
    if told and told != media_type(str(attachment.get("contentType"))):
        message = f"the part says {told}"
        problems.append(Problem(f"{path}.contentType", f"{_CLAUSE}.s2.b2.b7", message))
    return problems
