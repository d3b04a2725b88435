"""The file of a work as Django hands files out."""

from __future__ import annotations

import io
import logging
from functools import cached_property
from typing import Any

from django.core.files.base import File

from campaign_assets.designs.rendering import FileKind, file_digest, rendered
from campaign_assets.designs.texts import TextRefused
from campaign_assets.designs.work import Work
from documents.services import DocumentError

logger = logging.getLogger(__name__)


class WorkFile(File[bytes]):
    """Made when it is opened or weighed, and held no longer. Its digest stands for its content."""

    def __init__(self, work: Work, kind: FileKind) -> None:
        super().__init__(None, name=f"{work.digest}.{kind}")
        self.work = work
        self.kind = kind

    @cached_property
    def digest(self) -> str:
        """Known without making it."""
        return file_digest(self.work, self.kind)

    @property
    def can_be_made(self) -> bool:
        """A design may have changed since the page was published; then the log says what."""
        try:
            return self.size > 0
        except (TextRefused, DocumentError):
            logger.exception("a published design cannot be drawn: %s", self.work)
            return False

    @cached_property
    def size(self) -> int:
        return len(rendered(self.work, self.kind))

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> WorkFile:
        self.file = io.BytesIO(rendered(self.work, self.kind))
        return self
