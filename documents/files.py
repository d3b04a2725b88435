"""Answering with a file: conditional, in part where asked for, without reading it into memory."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

CHUNK = 64 * 1024  # bytes
# A single range; several at once may be answered with the whole (RFC 9110, 14.2).
_RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def etag_of(content: bytes) -> str:
    """A strong validator of these bytes, quoted."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def file_response(
    request: HttpRequest,
    content: IO[bytes],
    *,
    size: int,
    content_type: str,
    etag: str,
    filename: str = "",
    as_attachment: bool = True,
) -> HttpResponseBase:
    """The file, a part of it (206), or that the reader has it already (304).

    :param content: open at its beginning; it is closed with the response.
    :param etag: quoted and strong (RFC 9110, 8.8.3): equal means equal bytes.
    """
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        content.close()
        return unchanged
    wanted = _range_of(request, size, etag)
    if wanted is None:
        response: HttpResponseBase = FileResponse(content, content_type=content_type)
        response["Content-Length"] = str(size)
    elif wanted:
        response = _partial(content, wanted, size, content_type)
    else:
        content.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    disposition = content_disposition_header(as_attachment, filename)
    if disposition:
        response["Content-Disposition"] = disposition
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _range_of(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes asked for: None for all, an empty range for none that there are."""
    found = _RANGE.match(request.headers.get("Range", "").replace(" ", ""))
    if request.method != "GET" or found is None or found[0] == "bytes=-":
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None  # what the reader has a part of is not this any more (RFC 9110, 13.1.5)
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None  # no valid range (RFC 9110, 14.1.1)
    return range(int(first), min(int(last) + 1, size) if last else size)


def _partial(content: IO[bytes], wanted: range, size: int, content_type: str) -> HttpResponseBase:
    content.seek(wanted.start)
    response = StreamingHttpResponse(
        _part(content, len(wanted)), status=206, content_type=content_type
    )
    response._resource_closers.append(content.close)  # type: ignore[attr-defined]
    response["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response["Content-Length"] = str(len(wanted))
    return response


def _part(content: IO[bytes], length: int) -> Iterator[bytes]:
    while length > 0:
        chunk = content.read(min(CHUNK, length))
        if not chunk:
            return
        length -= len(chunk)
        yield chunk
