"""The about resource (Part Three 2.8), and what is not built yet or does not exist."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from lrs.views.errors import ApiError, not_built
from lrs.views.protocol import Resource
from lrs.xapi import versions


class AboutResource(Resource):
    """GET /xapi/about: the versions spoken; neither version nor credential is asked for."""

    needs_version = False
    needs_credential = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return JsonResponse({"version": list(versions.SUPPORTED), "extensions": {}})


class UnbuiltResource(Resource):
    """A resource of the standard that has its own issue: documents, activities, agents."""

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        raise not_built(request.path)


class UnknownResource(Resource):
    """Any other path below /xapi/: a 404 in JSON."""

    needs_version = False
    needs_credential = False

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        raise ApiError(404, "The API has no such resource.")
