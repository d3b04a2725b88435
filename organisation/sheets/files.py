"""Files of HR in the private storage, while they are needed."""

from __future__ import annotations

import hashlib
import uuid
from typing import IO

from django.core.files.base import File

from documents.archives.packing import private_store
from documents.tables import Table


def sheet_keep(content: IO[bytes], *, folder: str, uid: uuid.UUID, table: Table) -> tuple[str, str]:
    """Store a file that was read as `table`; its name there and its SHA-256."""
    content.seek(0)
    sha256 = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    name = f"{folder}/{uid}{'.xlsx' if table.is_xlsx else '.csv'}"
    content.seek(0)
    private_store(name, File(content))
    return name, sha256
