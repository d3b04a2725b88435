"""The record: statements, and what belongs to them. One module for each part of the standard."""

from lrs.models.credentials import Credential
from lrs.models.documents import Document, DocumentKind
from lrs.models.statements import Statement

__all__ = ["Credential", "Document", "DocumentKind", "Statement"]
