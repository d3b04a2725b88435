"""The alternate request syntax (Part Three 1.3), for browsers that can send no headers.

A POST whose only parameter is `method` carries the method, the headers, the parameters and the
content of the request that is meant, as a form. Only xAPI 1.0 has it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.request import HttpHeaders

from lrs.views.errors import ApiError
from lrs.xapi import versions

_METHODS = frozenset({"GET", "HEAD", "PUT", "POST", "DELETE"})
_HEADERS = {
    name.lower(): HttpHeaders.to_wsgi_name(name)
    for name in (
        "Authorization",
        versions.HEADER,
        "Content-Type",
        "Content-Length",
        "If-Match",
        "If-None-Match",
    )
}
"""The headers that the form may carry, by their lower-case names (Part Three 1.3.s3.b6)."""
_CONTENT = "content"
_LENGTH = re.compile(r"[0-9]{1,12}")
# Internet Explorer's cross domain requests say text/plain or nothing at all.
_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "text/plain", ""})


def is_alternate(request: HttpRequest) -> bool:
    """Whether `request` is one in the alternate syntax; cheap for all that are not."""
    return (
        request.method == "POST"
        and "method" in request.META.get("QUERY_STRING", "")
        and "method" in request.GET
    )


def request_unfold(request: HttpRequest) -> None:
    """Turn `request` into the one that is meant. Raises a 400 for what cannot be, or for xAPI 2.0.

    The body is read as UTF-8; its fields are bounded as those of any form.
    """
    method = _method_of(request)
    form = _form_of(request)
    headers = {name: form.pop(name) for name in list(form) if name.lower() in _HEADERS}
    content = form.pop(_CONTENT, None)
    for name, values in {**headers, _CONTENT: content or [""]}.items():
        if len(values) != 1:
            raise ApiError(400, f"The form has {name} more than once.")
    _set_headers(request, {name.lower(): values[0] for name, values in headers.items()})
    if versions.negotiate(request.headers.get(versions.HEADER, "")) == versions.V2:
        raise ApiError(400, "xAPI 2.0 has no alternate request syntax.")
    _set_body(request, content[0].encode() if content else b"")
    _set_parameters(request, form)
    request.method = method


def _method_of(request: HttpRequest) -> str:
    """Part Three 1.3.s3.b2 and b3: `method` once, and nothing beside it."""
    if set(request.GET) != {"method"}:
        raise ApiError(400, "In the alternate request syntax, parameters stand in the form.")
    methods = request.GET.getlist("method")
    if len(methods) != 1 or methods[0] not in _METHODS:
        raise ApiError(400, f"The parameter method must be one of {', '.join(sorted(_METHODS))}.")
    return methods[0]


def _form_of(request: HttpRequest) -> dict[str, list[str]]:
    if request.content_type not in _FORM_TYPES:
        raise ApiError(400, "The alternate request syntax needs a form as its body.")
    try:
        pairs = parse_qsl(
            request.body.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        )
    except ValueError as error:
        raise ApiError(400, f"The form cannot be read: {error}.") from error
    form: dict[str, list[str]] = {}
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form


def _set_headers(request: HttpRequest, sent: dict[str, str]) -> None:
    """Part Three 1.3.s3.b7. Without a Content-Type, the content is JSON as it usually is (1.5)."""
    for name, value in {"content-type": "application/json", **sent}.items():
        request.META[_HEADERS[name]] = value
    request.META["CONTENT_LENGTH"] = sent.get("content-length", "")
    request.__dict__.pop("headers", None)  # it is computed once from META


def _set_body(request: HttpRequest, body: bytes) -> None:
    """Part Three 1.3.s3.b12: the length says whether all has come.

    It may be smaller than the number of bytes: some clients count characters.
    """
    length: str = request.META["CONTENT_LENGTH"]
    if length and not (_LENGTH.fullmatch(length) and int(length) <= len(body)):
        raise ApiError(400, "The form's Content-Length does not fit its content.")
    request.META["CONTENT_LENGTH"] = str(len(body))
    any_request: Any = request  # the attributes that Django's own parsing sets
    any_request._body = body


def _set_parameters(request: HttpRequest, form: dict[str, list[str]]) -> None:
    """Part Three 1.3.s3.b14: what is neither a header nor the content."""
    parameters = QueryDict(mutable=True)
    for name, values in form.items():
        parameters.setlist(name, values)
    any_request: Any = request
    any_request.GET = parameters
