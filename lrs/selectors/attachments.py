"""The data of attachments, for answers that carry them (Part Three 1.5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from lrs.models import Attachment
from lrs.xapi.multipart import AttachmentData


def attachments_by_hash(*, hashes: Iterable[str]) -> list[AttachmentData]:
    """The data that is here of attachments with these SHA-2, in the order of the hashes."""
    rows = Attachment.objects.filter(sha2__in=set(hashes)).order_by("sha2")
    return [AttachmentData(row.sha2, row.content_type, bytes(row.content)) for row in rows]
