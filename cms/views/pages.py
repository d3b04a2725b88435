"""Serving Wagtail's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from wagtail.views import serve as wagtail_serve

from content.routing import route_preset


def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at `path`, found at once where that is possible."""
    route_preset(request, path)
    response: HttpResponseBase = wagtail_serve(request, path)
    return response
