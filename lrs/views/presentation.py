"""Statements in answers: their format, and the data of their attachments (Part Three 2.1.3)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from lrs.models import Statement
from lrs.selectors import activity_definitions, attachments_by_hash, verb_displays
from lrs.xapi.jsontext import dumps, loads
from lrs.xapi.multipart import (
    attachment_types,
    content_type_of,
    multipart_chunks,
    new_boundary,
    typed_for,
)
from lrs.xapi.presentation import activity_ids, in_canonical_format, in_ids_format, verb_ids


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a reader wants statements: `format`, `attachments`, and languages for «canonical»."""

    format: str = "exact"
    attachments: bool = False
    accept_language: str = ""

    def texts(self, statements: Sequence[Statement]) -> list[str]:
        """The JSON text of each statement. Reads as many tables whatever their number."""
        if self.format == "exact":
            return [statement.payload for statement in statements]
        documents = [loads(statement.payload) for statement in statements]
        if self.format == "ids":
            return [dumps(in_ids_format(document)) for document in documents]
        definitions = activity_definitions({iri for one in documents for iri in activity_ids(one)})
        displays = verb_displays({iri for one in documents for iri in verb_ids(one)})
        canonical = functools.partial(
            in_canonical_format,
            activity_definition=definitions.get,
            verb_display=displays.get,
            accept_language=self.accept_language,
        )
        return [dumps(canonical(document)) for document in documents]

    def answer(self, text: str, statements: Sequence[Statement]) -> HttpResponse:
        """`text` as the body, with the data of the statements' attachments if it is wanted."""
        if not self.attachments:
            return HttpResponse(text, content_type="application/json")
        boundary = new_boundary()
        documents = [loads(one.payload) for one in statements if '"attachments"' in one.payload]
        data = typed_for(documents, attachments_by_hash(hashes=attachment_types(documents)))
        return HttpResponse(
            multipart_chunks(text, data, boundary=boundary), content_type=content_type_of(boundary)
        )
