"""Writing ZIP files and keeping them where nobody reads them but through a view."""

from __future__ import annotations

import zipfile
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages

CHUNK = 1024 * 1024  # bytes
# The names and texts of a ZIP have no time of their own: equal content, equal bytes.
_MOMENT = (2026, 1, 1, 0, 0, 0)


def private_storage() -> Storage:
    """Files that nobody reads but through a view that asks who it is."""
    return storages["private"]


class PrivateFile(File[bytes]):
    """A file of the private storage that is opened when it is read."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(None, name)
        self.size = size

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> Any:
        return private_storage().open(str(self.name), mode or "rb")


def zip_entry(name: str, *, is_packed_already: bool = False) -> zipfile.ZipInfo:
    """The head of a file in a ZIP. What is packed already, such as pictures, is only put in."""
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_STORED if is_packed_already else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def zip_copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: IO[bytes]) -> None:
    """Put `content` into the ZIP a chunk at a time."""
    with archive.open(entry, "w", force_zip64=True) as target:
        while chunk := content.read(CHUNK):
            target.write(chunk)


def private_store(name: str, content: File[bytes]) -> None:
    """Keep `content` under exactly this name, in place of an earlier try."""
    storage = private_storage()
    storage.delete(name)  # a storage that never overwrites would choose another name
    stored = storage.save(name, content)
    assert stored == name, f"{name} was stored as {stored}"
