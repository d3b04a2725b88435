"""What is remembered, and what room it takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from campaign_assets.designs import cache
from campaign_assets.designs.cache import remembered

DIGEST = "ab" + "0" * 62


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    private = settings.STORAGES["private"]
    options = {**private["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "private": {**private, "OPTIONS": options}}
    return tmp_path / cache.FOLDER / "ab"


def never() -> bytes:
    raise AssertionError("made again")


def test_a_file_is_made_once(kept: Path) -> None:
    assert remembered(DIGEST, lambda: b"drawn") == b"drawn"
    assert remembered(DIGEST, never) == b"drawn"


@pytest.mark.parametrize("written", [b"", b"short", b"0" * 32 + b"half of it"])
def test_a_file_that_is_half_written_is_made_again(written: bytes, kept: Path) -> None:
    remembered(DIGEST, lambda: b"drawn")
    (file,) = kept.iterdir()
    file.write_bytes(written)
    assert remembered(DIGEST, lambda: b"drawn again") == b"drawn again"
    assert remembered(DIGEST, never) == b"drawn again"


def test_the_oldest_leave_when_room_is_short(kept: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(cache, "FOLDER_BYTES", 400)
    for number in range(6):
        digest = f"ab{number:062d}"
        remembered(digest, lambda: b"x" * 100)
        os.utime(kept / digest[2:], (number, number))
    left = sorted(int(file.name) for file in kept.iterdir())
    assert left == [3, 4, 5]
    assert sum(file.stat().st_size for file in kept.iterdir()) <= 400


def test_a_file_too_large_is_given_and_not_kept(kept: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(cache, "FOLDER_BYTES", 100)
    assert remembered(DIGEST, lambda: b"x" * 90) == b"x" * 90
    assert not kept.exists()


def test_a_disk_that_refuses_costs_the_memory_only(kept: Path, caplog: Any) -> None:
    kept.parent.parent.joinpath(cache.FOLDER).write_text("a file where the folder should be")
    assert remembered(DIGEST, lambda: b"drawn") == b"drawn"
    assert "could not keep" in caplog.text


def test_what_cannot_be_made_leaves_nothing(kept: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        remembered(DIGEST, lambda: bytes(1 // 0))
    assert not kept.exists()
