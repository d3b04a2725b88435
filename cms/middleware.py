"""Headers that differ between the public site and the admin, or that Django does not set; and the
limit of what is received at all."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

CONTENT_TOO_LARGE = 413  # RFC 9110, 15.5.14

GetResponse = Callable[[HttpRequest], HttpResponse]


def admin_policy(get_response: GetResponse) -> GetResponse:
    """The admin's own Content-Security-Policy, on the admin's addresses alone.

    It stands below `csp.middleware.CSPMiddleware`, which writes the header on the way out.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
        return response

    return middleware


def upload_limit(get_response: GetResponse) -> GetResponse:
    """Refuse what is announced as too heavy before any of it is read.

    WSGI servers hand over no more than was announced. A browser that goes on sending may show its
    own error; the upload forms say the limit before.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > settings.MAX_UPLOAD_BYTES:
            return render(request, "413.html", status=CONTENT_TOO_LARGE)
        return get_response(request)

    return middleware


def permissions_policy(get_response: GetResponse) -> GetResponse:
    """Say that the site never asks for a camera, a microphone or a position."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware
