"""The record: statements, and what belongs to them. One module for each part of the standard."""

from lrs.models.credentials import Credential
from lrs.models.forwarding import Forward, OutboxRow, Replay
from lrs.models.statements import Statement

__all__ = ["Credential", "Forward", "OutboxRow", "Replay", "Statement"]
