"""What every resource of the API shares (Part Three 1 and 3).

A resource is a class with one method for each HTTP method. `dispatch` negotiates the version, knows
the credential, turns errors into JSON, and puts the headers of the standard on every answer.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from lrs.selectors import consistent_through
from lrs.services import StatementSource, credential_authenticate, source_of
from lrs.views.errors import ApiError, not_built
from lrs.xapi import timestamps, versions

logger = logging.getLogger(__name__)


@method_decorator(csrf_exempt, name="dispatch")
class Resource(View):
    """A resource of the API. `needs_version` and `needs_credential` are off for «about»."""

    needs_version = True
    needs_credential = True

    version: str = versions.V2
    source: StatementSource

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = self._answer(request, *args, **kwargs)
        except ApiError as error:
            response = error.response()
        except RequestDataTooBig:
            response = ApiError(413, "The body is larger than this store accepts.").response()
        except Exception:
            # Never HTML. Whoever listens for errors hears of it all the same.
            logger.exception("An xAPI request failed")
            got_request_exception.send(sender=self.__class__, request=request)
            response = ApiError(500, "The record store failed; nothing was stored.").response()
        return self._finish(request, response)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = ApiError(405, f"{request.method} is no method of this resource.").response()
        response["Allow"] = ", ".join(
            name.upper() for name in self.http_method_names if hasattr(self, name)
        )
        return response

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and "method" in request.GET:
            raise self._alternate_syntax(request)
        if self.needs_version:
            self.version = version_of(request)
        if self.needs_credential:
            self.source = source_from(request)
        return super().dispatch(request, *args, **kwargs)

    def _alternate_syntax(self, request: HttpRequest) -> ApiError:
        """Part Three 1.3; xAPI 2.0 has no alternate request syntax any more."""
        version = versions.negotiate(request.headers.get(versions.HEADER, versions.V1))
        if version == versions.V2:
            return ApiError(400, "xAPI 2.0 has no alternate request syntax.")
        return not_built("Alternate request syntax")

    def _finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Part Three 1.6 and 3.3: headers on every answer; HEAD is GET without its body."""
        response[versions.HEADER] = self.version
        response[versions.CONSISTENT_THROUGH_HEADER] = timestamps.format_utc(_through())
        response["Cache-Control"] = "no-store"
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def _through() -> dt.datetime:
    """Without a database nothing is known to be readable; the header says so."""
    try:
        return consistent_through()
    except DatabaseError:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def version_of(request: HttpRequest) -> str:
    """The negotiated version (Part Three 3.3). Raises a 400 that names the versions."""
    header = request.headers.get(versions.HEADER)
    known = ", ".join(versions.SUPPORTED)
    if header is None:
        raise ApiError(400, f"The header {versions.HEADER} is missing. Versions here: {known}.")
    version = versions.negotiate(header)
    if version is None:
        raise ApiError(400, f"{header!r} is no version spoken here. Versions here: {known}.")
    return version


def source_from(request: HttpRequest) -> StatementSource:
    """The source behind the Basic credentials of a request (Part Three 4). Raises a 401."""
    key, secret = _basic_credentials(request.headers.get("Authorization", ""))
    credential = credential_authenticate(key=key, secret=secret)
    if credential is None:
        raise ApiError(401, "These credentials are unknown or no longer active.")
    return source_of(credential)


def _basic_credentials(header: str) -> tuple[str, str]:
    scheme, _space, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise ApiError(401, "Basic credentials are required.")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ApiError(401, "The Basic credentials cannot be read.") from error
    key, colon, secret = text.partition(":")
    if not colon or "\x00" in key:
        raise ApiError(401, "The Basic credentials cannot be read.")
    return key, secret
