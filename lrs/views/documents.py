"""The document resources: state, activity profiles, agent profiles (Part Three 2.2, 2.3, 2.6, 2.7).

The three differ in their parameters, in who may use them, and in whether a PUT may replace a
document blindly; all else is here once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from lrs.addresses import DocumentAddress, DocumentContext
from lrs.keys import agent_key, lookup_key
from lrs.models import Document, DocumentKind
from lrs.preconditions import quoted
from lrs.selectors import document_get, document_ids
from lrs.services import (
    Content,
    DocumentConflict,
    DocumentNotMergeable,
    DocumentTooLarge,
    PreconditionFailed,
    document_delete,
    document_merge,
    document_put,
    documents_delete,
)
from lrs.views.answers import json_answer, not_modified
from lrs.views.errors import ApiError
from lrs.views.protocol import Resource
from lrs.views.values import (
    activity_parameter,
    agent_parameter,
    preconditions_of,
    required,
    single_values,
    timestamp_parameter,
    uuid_parameter,
)
from lrs.xapi import versions
from lrs.xapi.jsontext import JsonError, loads
from lrs.xapi.validation import formats

_STATUS: dict[type[Exception], int] = {
    DocumentConflict: 409,
    PreconditionFailed: 412,
    DocumentNotMergeable: 400,
    DocumentTooLarge: 413,
}
_MAX_MEDIA_TYPE = 255


class DocumentResource(Resource):
    """PUT, POST, GET, HEAD and DELETE of one document; GET and HEAD of the ids of a context."""

    clause: ClassVar[str]
    id_name: ClassVar[str]
    context_names: ClassVar[frozenset[str]]

    def put(self, request: HttpRequest) -> HttpResponse:
        """Store or replace; 204."""
        address = self._address_to_write(request)
        return self._changed(
            document_put,
            address=address,
            content=_content_of(request),
            preconditions=preconditions_of(request),
            needs_preconditions=self.needs_preconditions,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Merge JSON objects, or store (Part Three 2.2.s7); 204."""
        address = self._address_to_write(request)
        return self._changed(
            document_merge,
            address=address,
            content=_content_of(request),
            preconditions=preconditions_of(request),
        )

    def get(self, request: HttpRequest) -> HttpResponse:
        """One document, or without its id the ids of the context."""
        if not self.may_read:
            raise ApiError(403, "The scope of this credential does not allow reading here.")
        values = single_values(request.GET, allowed=self.context_names | {self.id_name, "since"})
        context = self.context_of(values)
        since = timestamp_parameter(values, "since", self.clause, version=self.version)
        if self.id_name in values:
            return self._one(request, DocumentAddress(context, self._id_of(values)))
        return _ids_answer(request, context, since)

    def delete(self, request: HttpRequest) -> HttpResponse:
        """Delete one document; 204, also where there is none."""
        address = self._address_to_write(request)
        return self._changed(
            document_delete, address=address, preconditions=preconditions_of(request)
        )

    @property
    def needs_preconditions(self) -> bool:
        """Part Three 3.1.s4.b13: no PUT over a profile without If-Match or If-None-Match."""
        return True

    @property
    def may_read(self) -> bool:
        return self.source.may_read_profiles

    @property
    def may_write(self) -> bool:
        return self.source.may_write_profiles

    def context_of(self, values: Mapping[str, str]) -> DocumentContext:
        """The context that the parameters name. Raises a 400."""
        raise NotImplementedError

    def agent_of(self, values: Mapping[str, str]) -> str:
        """The key of the agent; in xAPI 2.0 it may be an identified group too."""
        agent = agent_parameter(
            values, self.clause, version=self.version, groups=versions.is_v2(self.version)
        )
        return lookup_key(agent_key(agent))

    def activity_of(self, values: Mapping[str, str]) -> str:
        """The key of the activity."""
        return lookup_key(activity_parameter(values, self.clause))

    def check_may_write(self) -> None:
        if not self.may_write:
            raise ApiError(403, "The scope of this credential does not allow writing here.")

    def _address_to_write(self, request: HttpRequest) -> DocumentAddress:
        self.check_may_write()
        values = single_values(request.GET, allowed=self.context_names | {self.id_name})
        return DocumentAddress(self.context_of(values), self._id_of(values))

    def _id_of(self, values: Mapping[str, str]) -> str:
        return required(values, self.id_name, self.clause)

    def _changed(self, service: Callable[..., None], **arguments: Any) -> HttpResponse:
        try:
            service(**arguments)
        except tuple(_STATUS) as error:
            raise ApiError(_STATUS[type(error)], str(error)) from error
        return HttpResponse(status=204)

    def _one(self, request: HttpRequest, address: DocumentAddress) -> HttpResponse:
        document = document_get(address=address)
        preconditions = preconditions_of(request)
        if not preconditions.match(document.etag if document else None):
            raise ApiError(412, str(PreconditionFailed()))
        if document is None:
            raise ApiError(404, "There is no such document.")
        if not preconditions.none_match(document.etag):
            return not_modified(document.etag)
        return _document_answer(document)


class StateResource(DocumentResource):
    """/xapi/activities/state (Part Three 2.3): an activity, an agent, perhaps a registration."""

    clause = "Part Three 2.3"
    id_name = "stateId"
    context_names = frozenset({"activityId", "agent", "registration"})

    def delete(self, request: HttpRequest) -> HttpResponse:
        """Part Three 2.3.s5: without stateId, all state of the context."""
        if self.id_name in request.GET:
            return super().delete(request)
        self.check_may_write()
        values = single_values(request.GET, allowed=self.context_names | {"since"})
        since = timestamp_parameter(values, "since", self.clause, version=self.version)
        documents_delete(context=self.context_of(values), since=since)
        return HttpResponse(status=204)

    @property
    def needs_preconditions(self) -> bool:
        """Part Three 3.1.s3 lets state be replaced blindly; xAPI 2.0 makes no such exception."""
        return versions.is_v2(self.version)

    @property
    def may_read(self) -> bool:
        return self.source.may_read_state

    @property
    def may_write(self) -> bool:
        return self.source.may_write_state

    def context_of(self, values: Mapping[str, str]) -> DocumentContext:
        return DocumentContext(
            DocumentKind.STATE,
            activity=self.activity_of(values),
            agent=self.agent_of(values),
            registration=uuid_parameter(values, "registration", self.clause),
        )


class ActivityProfileResource(DocumentResource):
    """/xapi/activities/profile (Part Three 2.7)."""

    clause = "Part Three 2.7"
    id_name = "profileId"
    context_names = frozenset({"activityId"})

    def context_of(self, values: Mapping[str, str]) -> DocumentContext:
        return DocumentContext(DocumentKind.ACTIVITY_PROFILE, activity=self.activity_of(values))


class AgentProfileResource(DocumentResource):
    """/xapi/agents/profile (Part Three 2.6)."""

    clause = "Part Three 2.6"
    id_name = "profileId"
    context_names = frozenset({"agent"})

    def context_of(self, values: Mapping[str, str]) -> DocumentContext:
        return DocumentContext(DocumentKind.AGENT_PROFILE, agent=self.agent_of(values))


def _content_of(request: HttpRequest) -> Content:
    """The body with its media type. Raises 400, or 413 by way of the body itself.

    Part Three 3.2.s3.b6: what calls itself JSON must be JSON; anything else may be anything.
    """
    media_type = request.META.get("CONTENT_TYPE") or "application/octet-stream"
    if len(media_type) > _MAX_MEDIA_TYPE or not formats.is_media_type(media_type):
        raise ApiError(400, "The Content-Type is no media type.")
    content = Content(request.body, media_type)
    if content.is_json:
        try:
            loads(content.body)
        except JsonError as error:
            raise ApiError(400, f"The body cannot be accepted: {error}.") from error
    return content


def _document_answer(document: Document) -> HttpResponse:
    """A document with its own media type, which a browser must never run as a page of this site."""
    response = HttpResponse(bytes(document.content), content_type=document.content_type)
    response["ETag"] = quoted(document.etag)
    response["Last-Modified"] = http_date(document.updated.timestamp())
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _ids_answer(
    request: HttpRequest, context: DocumentContext, since: dt.datetime | None
) -> HttpResponse:
    ids, newest = document_ids(context=context, since=since)
    response = json_answer(request, ids)
    if newest is not None:
        response["Last-Modified"] = http_date(newest.timestamp())  # Part Three 2.2.s6.b2
    return response
