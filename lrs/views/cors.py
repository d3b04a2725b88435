"""Browsers on other origins: training packages that are hosted elsewhere and track to this store.

Off unless the setting `XAPI_CORS_ORIGINS` names origins. It is safe in that the API has no cookie:
what a page sends are the credentials that it has in hand, and credentials mode is never allowed. It
is a list all the same, and has no wildcard: a key in a page is a key that everybody can read, so
whoever allows an origin should know which one, and give it a key with a narrow scope.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from lrs.xapi import versions

_ASKED_FOR = ", ".join(
    ("Authorization", "Content-Type", "If-Match", "If-None-Match", versions.HEADER)
)
_SHOWN = ", ".join(("ETag", "Last-Modified", versions.HEADER, versions.CONSISTENT_THROUGH_HEADER))
_METHODS = "GET, HEAD, PUT, POST, DELETE"
_MAX_AGE = "600"  # seconds


def is_preflight(request: HttpRequest) -> bool:
    """Whether a browser asks what it may send; it shows neither version nor credentials yet."""
    return (
        request.method == "OPTIONS"
        and "HTTP_ACCESS_CONTROL_REQUEST_METHOD" in request.META
        and _is_allowed(request)
    )


def preflight_answer() -> HttpResponse:
    """What a page on an allowed origin may send to any resource."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = _METHODS
    response["Access-Control-Allow-Headers"] = _ASKED_FOR
    response["Access-Control-Max-Age"] = _MAX_AGE
    return response


def cors_headers_add(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the page that asked read the answer, if its origin is allowed."""
    if not settings.XAPI_CORS_ORIGINS:
        return
    patch_vary_headers(response, ["Origin"])
    if _is_allowed(request):
        response["Access-Control-Allow-Origin"] = request.META["HTTP_ORIGIN"]
        response["Access-Control-Expose-Headers"] = _SHOWN


def _is_allowed(request: HttpRequest) -> bool:
    return request.META.get("HTTP_ORIGIN") in settings.XAPI_CORS_ORIGINS
