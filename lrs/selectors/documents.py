"""Reading documents: one of them, or the ids of a context."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from lrs.addresses import DocumentAddress, DocumentContext
from lrs.models import Document


def document_get(*, address: DocumentAddress) -> Document | None:
    """The document at `address`, or None."""
    return Document.objects.filter(key=address.key).first()


def documents_in(
    *, context: DocumentContext, since: dt.datetime | None = None
) -> QuerySet[Document]:
    """The documents of a context; those changed after `since`, if that is given.

    Without a registration, a context is all of the activity and the agent, with any registration
    or none (Part Three 2.3.s4 and s5: «Activity + Agent [+ registration if specified]»).
    """
    found = Document.objects.filter(
        kind=context.kind, activity_key=context.activity, agent_key=context.agent
    )
    if context.registration is not None:
        found = found.filter(registration=context.registration)
    return found if since is None else found.filter(updated__gt=since)


def document_ids(
    *, context: DocumentContext, since: dt.datetime | None = None
) -> tuple[list[str], dt.datetime | None]:
    """The ids of a context in order, each once, and when the newest change was."""
    rows = list(documents_in(context=context, since=since).values_list("document_id", "updated"))
    newest = max((updated for _document_id, updated in rows), default=None)
    return sorted({document_id for document_id, _updated in rows}), newest
