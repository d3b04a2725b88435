"""The about resource (Part Three 2.8), and what does not exist."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lrs.identifiers import home_page
from lrs.selectors import MAX_PAGE
from lrs.views.answers import json_answer
from lrs.views.errors import ApiError
from lrs.views.protocol import Resource
from lrs.views.values import single_values
from lrs.xapi import versions
from lrs.xapi.jsontext import MAX_DEPTH


class AboutResource(Resource):
    """GET /xapi/about: the versions spoken; neither version nor credential is asked for."""

    needs_version = False
    needs_credential = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The versions, and as an extension what is the most that this store accepts or answers."""
        single_values(request.GET, allowed=frozenset())
        limits = {
            "requestBytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            "jsonDepth": MAX_DEPTH,
            "statementsPerPage": MAX_PAGE,
        }
        extensions = {f"{home_page()}/extensions/limits": limits}
        return json_answer(request, {"version": list(versions.SUPPORTED), "extensions": extensions})


class UnknownResource(Resource):
    """Any other path below /xapi/: a 404 in JSON."""

    needs_version = False
    needs_credential = False

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        raise ApiError(404, "The API has no such resource.")
