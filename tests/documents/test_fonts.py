from __future__ import annotations

from pathlib import Path
from typing import Any

from documents import fonts


def test_fonts_are_converted_once(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    folder = fonts.fonts_folder()
    assert len(list(folder.glob("Marianne-*.otf"))) == 8
    before = folder.stat().st_mtime_ns
    assert fonts.fonts_folder() == folder
    assert folder.stat().st_mtime_ns == before


def test_second_process_at_the_same_moment_leaves_no_rest(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    folder = fonts.fonts_folder()
    fonts._convert(fonts._woff2_sources(), folder)
    assert [child.name for child in folder.parent.iterdir()] == [folder.name]


def test_documents_know_marianne() -> None:
    assert "Marianne" in fonts.fonts().families()
