"""What every resource of the API shares (Part Three 1 and 3).

A resource is a class with one method for each HTTP method. `dispatch` unfolds the alternate request
syntax, negotiates the version, knows the credential, turns errors into JSON, and puts the headers
of the standard on every answer.
"""

from __future__ import annotations

import base64
import datetime as dt
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import HttpHeaders
from django.views import View

from lrs.contention import is_temporary, repeated
from lrs.selectors import consistent_through
from lrs.services import StatementSource, credential_authenticate, source_of
from lrs.views.alternate import is_alternate, request_unfold
from lrs.views.cors import cors_headers_add, is_preflight, preflight_answer
from lrs.views.errors import ApiError
from lrs.xapi import timestamps, versions

logger = logging.getLogger(__name__)

RETRY_AFTER = 2
"""Seconds after which a client may try again when the store is busy."""

_VERSION = str(HttpHeaders.to_wsgi_name(versions.HEADER))


class Resource(View):
    """A resource of the API. `needs_version` and `needs_credential` are off for «about».

    Each request pays for what is done here: headers are read from META, for `request.headers`
    first makes a mapping of all of them.
    """

    needs_version = True
    needs_credential = True

    through_max_age: Mapping[str, float] = {}
    """By method: how many seconds old the bound of `Consistent-Through` may be; else it is new."""

    version: str = versions.V2
    source: StatementSource
    through: dt.datetime | None = None

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        """The view, without CSRF protection: no cookie counts here.

        The mark is set once; the decorator on `dispatch` would be applied anew to each request.
        """
        view: Any = super().as_view(**initkwargs)
        view.csrf_exempt = True
        result: Callable[..., HttpResponseBase] = view
        return result

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = self._answer(request, *args, **kwargs)
        except ApiError as error:
            response = error.response()
        except RequestDataTooBig:
            response = ApiError(413, "The body is larger than this store accepts.").response()
        except SuspiciousOperation as error:  # too many parameters, for one
            response = ApiError(400, str(error)).response()
        except Exception as error:
            response = self._failed(request, error)
        return self._finish(request, response)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = ApiError(405, f"{request.method} is no method of this resource.").response()
        response["Allow"] = ", ".join(
            name.upper() for name in self.http_method_names if hasattr(self, name)
        )
        return response

    def reading_limit(self) -> int | None:
        """None if all statements may be read, else the credential whose own may. Raises a 403."""
        if self.source.may_read_all or self.source.credential is None:
            return None
        if not self.source.may_read_own:
            raise ApiError(403, "The scope of this credential does not allow reading statements.")
        return self.source.credential.pk

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_preflight(request):
            return preflight_answer()
        if is_alternate(request):
            request_unfold(request)  # first, for the version may be in the form
        self.version = version_of(request, is_needed=self.needs_version)
        return repeated(partial(self._attempt, request, *args, **kwargs))

    def _attempt(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What is done again if the database ends it for the sake of another request."""
        if self.needs_credential:
            self.source = source_from(request)
        if request.method in ("GET", "HEAD"):
            self.through = self._through(request)  # first: what is stored later is not in the page
        return super().dispatch(request, *args, **kwargs)

    def _failed(self, request: HttpRequest, error: Exception) -> HttpResponse:
        """Never HTML. Whoever listens for errors hears of it all the same."""
        if isinstance(error, OperationalError) and is_temporary(error):
            logger.warning("An xAPI request has to be sent again: %s", error)
            message = "The record store is busy or out of service. Send the same again later."
            response = ApiError(503, message).response()
            response["Retry-After"] = str(RETRY_AFTER)
            return response
        logger.error("An xAPI request failed", exc_info=error)
        got_request_exception.send(sender=self.__class__, request=request)
        return ApiError(500, "The record store failed; nothing was stored.").response()

    def _through(self, request: HttpRequest) -> dt.datetime:
        """Without a database nothing is known to be readable; the header says so."""
        try:
            max_age = self.through_max_age.get(request.method or "", 0.0)
            return consistent_through(max_age=max_age)
        except DatabaseError:
            return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

    def _finish(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Part Three 1.6 and 3.3: headers on every answer; HEAD is GET without its body."""
        response[versions.HEADER] = self.version
        through = self.through or self._through(request)
        response[versions.CONSISTENT_THROUGH_HEADER] = timestamps.format_utc(through)
        response["Cache-Control"] = "no-store"
        cors_headers_add(request, response)
        if response.status_code in (204, 304):
            del response["Content-Type"]  # of nothing
        if request.method == "HEAD" and isinstance(response, HttpResponse):
            response["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def version_of(request: HttpRequest, *, is_needed: bool = True) -> str:
    """The negotiated version (Part Three 3.3).

    Raises a 400 that names the versions; but where none is needed, the newest stands for what is
    missing or unknown (Part Three 2.8.s5.b4).
    """
    header = request.META.get(_VERSION)
    version = None if header is None else versions.negotiate(header)
    if version is not None:
        return version
    if not is_needed:
        return versions.V2
    known = ", ".join(versions.SUPPORTED)
    if header is None:
        raise ApiError(400, f"The header {versions.HEADER} is missing. Versions here: {known}.")
    raise ApiError(400, f"{header!r} is no version spoken here. Versions here: {known}.")


def source_from(request: HttpRequest) -> StatementSource:
    """The source behind the Basic credentials of a request (Part Three 4). Raises a 401."""
    key, secret = _basic_credentials(request.META.get("HTTP_AUTHORIZATION", ""))
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
    except ValueError as error:  # no base64, not even ASCII, or no UTF-8 inside
        raise ApiError(401, "The Basic credentials cannot be read.") from error
    key, colon, secret = text.partition(":")
    if not colon or "\x00" in key:
        raise ApiError(401, "The Basic credentials cannot be read.")
    return key, secret
