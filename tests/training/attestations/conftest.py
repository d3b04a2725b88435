"""Archives in a folder of the test's own, and work that does not wait for a transaction's end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def private_folder(settings: Any, tmp_path: Path) -> Path:
    private = settings.STORAGES["private"]
    folder = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {**private, "OPTIONS": {**private["OPTIONS"], "location": str(folder)}},
    }
    return folder
