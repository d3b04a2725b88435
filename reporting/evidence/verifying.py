"""The public check of a «dossier de preuve».

Whoever holds the paper holds its address, an opaque uid; nobody can guess one. The page says no
more than what is needed to compare: the issuer, the scope, the date, the checksum, and the one
total sentence of the first page. No row, no small group, no name, not even who asked for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from reporting.evidence.content import checksum
from reporting.models import EvidenceFile

MAX_BYTES = 10_000_000
HEXADECIMAL = re.compile(r"[0-9a-f]{64}")
_SPACES = re.compile(r"[\s\-:]+")


class Answer(StrEnum):
    """What there is to say of a checksum or a file."""

    CONTENT = "content"
    EDITION = "edition"
    OTHER = "other"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class Check:
    answer: Answer
    checksum: str = ""


def checksum_check(*, file: EvidenceFile, typed: str) -> Check:
    """A checksum that somebody typed or pasted: of the content, or of a PDF."""
    found = _SPACES.sub("", typed).lower()
    if not HEXADECIMAL.fullmatch(found):
        return Check(Answer.UNREADABLE)
    if found == file.sha256:
        return Check(Answer.CONTENT, found)
    return Check(Answer.EDITION if found in file.editions else Answer.OTHER, found)


def upload_check(*, file: EvidenceFile, upload: IO[bytes]) -> Check:
    """A PDF: whether it is, to the byte, one that was handed out. It is not kept, nor opened."""
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return Check(Answer.TOO_LARGE)
    found = checksum(content)
    return Check(Answer.EDITION if found in file.editions else Answer.OTHER, found)
