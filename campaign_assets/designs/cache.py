"""Files that have been made once, kept in the private storage.

What a file is called follows from what it shows and how it is drawn, so nothing here is ever wrong,
only old. It is bounded: 256 folders of at most `FOLDER_BYTES`, the oldest files leaving first.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

FOLDER = "designs"
FOLDER_BYTES = 2_000_000  # × 256 folders: half a gigabyte
_SEAL = 32  # a file begins with the SHA-256 of the rest: one that is half written is not believed

logger = logging.getLogger(__name__)


def remembered(digest: str, make: Callable[[], bytes]) -> bytes:
    """The file called `digest`, made now if it is not there."""
    folder, name = f"{FOLDER}/{digest[:2]}", digest[2:]
    storage = storages["private"]
    known = _read(storage, f"{folder}/{name}")
    if known is not None:
        return known
    content = make()
    if len(content) <= FOLDER_BYTES // 2:
        _write(storage, folder, name, content)
    return content


def _read(storage: Storage, path: str) -> bytes | None:
    try:
        with storage.open(path) as file:
            whole: bytes = file.read()
    except OSError:
        return None
    seal, content = whole[:_SEAL], whole[_SEAL:]
    return content if hashlib.sha256(content).digest() == seal else None


def _write(storage: Storage, folder: str, name: str, content: bytes) -> None:
    """A disk that is full costs the memory, not the file."""
    sealed = hashlib.sha256(content).digest() + content
    try:
        _make_room(storage, folder, len(sealed))
        storage.save(f"{folder}/{name}", ContentFile(sealed))
    except OSError:
        logger.warning("could not keep a rendered design", exc_info=True)


def _make_room(storage: Storage, folder: str, wanted: int) -> None:
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    paths = [f"{folder}/{name}" for name in names]
    sizes = {path: storage.size(path) for path in paths}
    total = sum(sizes.values()) + wanted
    if total <= FOLDER_BYTES:
        return
    for path in sorted(paths, key=storage.get_modified_time):
        storage.delete(path)
        total -= sizes[path]
        if total <= FOLDER_BYTES:
            return
