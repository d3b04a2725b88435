"""The record: statements, and what belongs to them. One module for each part of the standard."""

from lrs.models.attachments import Attachment
from lrs.models.credentials import Credential
from lrs.models.definitions import ActivityDefinition, VerbDisplay
from lrs.models.documents import Document, DocumentKind
from lrs.models.forwarding import Forward, OutboxRow, Replay
from lrs.models.statements import Reference, ReferredRelation, Relation, Statement

__all__ = [
    "ActivityDefinition",
    "Attachment",
    "Credential",
    "Document",
    "DocumentKind",
    "Forward",
    "OutboxRow",
    "Reference",
    "ReferredRelation",
    "Relation",
    "Replay",
    "Statement",
    "VerbDisplay",
]
