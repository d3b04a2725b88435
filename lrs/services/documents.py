"""Keeping documents: state, activity profiles and agent profiles (Part Three 2.2 and 3.1).

Whoever changes a document holds its address and its row, so that what a precondition was judged on
is what is replaced. The row alone would not do: one that is not there yet cannot be held.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from lrs.addresses import DocumentAddress, DocumentContext
from lrs.errors import (
    DocumentConflict,
    DocumentNotMergeable,
    DocumentTooLarge,
    PreconditionFailed,
)
from lrs.models import Document
from lrs.preconditions import Preconditions, etag_of
from lrs.selectors import documents_in
from lrs.xapi.jsontext import JsonError, dumps, loads

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a document and their media type, as they were sent."""

    body: bytes
    media_type: str

    @property
    def is_json(self) -> bool:
        """Whether it says that it is JSON, with parameters such as a charset or without."""
        return self.media_type.partition(";")[0].strip().lower() == JSON


def document_put(
    *,
    address: DocumentAddress,
    content: Content,
    preconditions: Preconditions,
    needs_preconditions: bool,
) -> None:
    """Store a document in the place of the one that is there, if there is one.

    `needs_preconditions` refuses to replace a document blindly: with neither header it is a
    conflict. Raises PreconditionFailed, DocumentConflict or DocumentTooLarge.
    """

    def replaced(existing: Document | None) -> Content:
        if existing is not None and needs_preconditions and preconditions.are_missing:
            raise DocumentConflict(existing.etag)
        return content

    _change(address, preconditions, replaced)


def document_merge(
    *, address: DocumentAddress, content: Content, preconditions: Preconditions
) -> None:
    """Set the properties of a JSON object in the one that is there, or store it as a new document.

    Only properties of the top level are merged (Part Three 2.2.s7). Raises PreconditionFailed,
    DocumentNotMergeable or DocumentTooLarge.
    """
    posted = _json_object(content, "What was sent")

    def merged(existing: Document | None) -> Content:
        if existing is None:
            return content
        there = Content(bytes(existing.content), existing.content_type)
        both = _json_object(there, "The document that is there") | posted
        return Content(dumps(both).encode(), JSON)

    _change(address, preconditions, merged)


@transaction.atomic
def document_delete(*, address: DocumentAddress, preconditions: Preconditions) -> None:
    """Delete a document; one that is not there is as good as deleted. Raises PreconditionFailed."""
    existing = _held(address, preconditions)
    if existing is not None:
        existing.delete()


@transaction.atomic
def documents_delete(*, context: DocumentContext, since: dt.datetime | None = None) -> None:
    """Delete all documents of a context, or those changed after `since` (Part Three 2.3.s5)."""
    doomed = documents_in(context=context, since=since).select_for_update()
    # In one order, so that two that delete the same context never wait for each other.
    ordered = list(doomed.order_by("pk").values_list("pk", flat=True))
    Document.objects.filter(pk__in=ordered).delete()


@transaction.atomic
def _change(
    address: DocumentAddress,
    preconditions: Preconditions,
    content_for: Callable[[Document | None], Content],
) -> None:
    existing = _held(address, preconditions)
    _write(existing or _new(address), content_for(existing))


def _held(address: DocumentAddress, preconditions: Preconditions) -> Document | None:
    """The document that is there, which nobody else changes, makes or deletes until we are done.

    Its address is held among those that write it; its row against `documents_delete`.
    """
    if connection.vendor == "postgresql":  # on SQLite the transaction is the only writer
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_lock_number(address)])
    existing = Document.objects.select_for_update().filter(key=address.key).first()
    if not preconditions.hold(existing.etag if existing else None):
        raise PreconditionFailed
    return existing


def _lock_number(address: DocumentAddress) -> int:
    """A signed 64-bit number for an address; two that share one only wait for each other."""
    return int.from_bytes(bytes.fromhex(address.key[:16]), signed=True)


def _new(address: DocumentAddress) -> Document:
    context = address.context
    return Document(
        key=address.key,
        kind=context.kind,
        activity_key=context.activity,
        agent_key=context.agent,
        registration=context.registration,
        document_id=address.document_id,
    )


def _write(document: Document, content: Content) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if limit is not None and len(content.body) > limit:  # merging can make it grow past the limit
        raise DocumentTooLarge(limit)
    document.content = content.body
    document.content_type = content.media_type
    document.etag = etag_of(content.body)
    document.updated = timezone.now()
    document.save()


def _json_object(content: Content, what: str) -> dict[str, Any]:
    if not content.is_json:
        raise DocumentNotMergeable(f"{what} is not {JSON}; only JSON objects can be merged.")
    try:
        value = loads(content.body)
    except JsonError as error:
        raise DocumentNotMergeable(f"{what} cannot be read: {error}.") from error
    if not isinstance(value, dict):
        raise DocumentNotMergeable(f"{what} is no JSON object; only objects can be merged.")
    return value
