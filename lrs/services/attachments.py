"""Keeping the data of attachments."""

from __future__ import annotations

from collections.abc import Iterable

from lrs.models import Attachment
from lrs.xapi.multipart import AttachmentData


def attachments_keep(received: Iterable[AttachmentData]) -> None:
    """Keep data that is not here yet; the hashes were found right. In one order, for the locks."""
    rows = [
        Attachment(sha2=item.sha2, content_type=item.content_type, content=item.content)
        for item in sorted(received, key=lambda item: item.sha2)
    ]
    if rows:
        Attachment.objects.bulk_create(rows, ignore_conflicts=True)
