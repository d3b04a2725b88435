"""The typeface of the documents: the design system's Marianne, in a form that typst reads."""

from __future__ import annotations

import functools
import hashlib
import importlib.resources
import shutil
import tempfile
from pathlib import Path

import typst
from django.conf import settings
from fontTools.ttLib import TTFont


@functools.cache
def fonts() -> typst.Fonts:
    """Marianne in its eight styles, with typst's own fonts for what it lacks.

    Never those of the machine: the same document has the same bytes everywhere."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(fonts_folder())]
    )


@functools.cache
def characters() -> frozenset[str]:
    """What Marianne can set; its eight styles have the same characters."""
    with TTFont(fonts_folder() / "Marianne-Regular.otf") as regular:
        return frozenset(map(chr, regular.getBestCmap()))


def fonts_folder() -> Path:
    """The folder with Marianne as OpenType, made from the package's woff2 on first use.

    The folder's name follows the sources, so that a new release of the package is converted anew.
    """
    sources = _woff2_sources()
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    folder = Path(settings.VAR_DIR) / "fonts" / digest[:16]
    if not folder.is_dir():
        _convert(sources, folder)
    return folder


def _woff2_sources() -> list[Path]:
    package = importlib.resources.files("dsfr") / "static" / "dsfr" / "dist" / "fonts"
    with importlib.resources.as_file(package) as folder:
        return sorted(folder.glob("Marianne-*.woff2"))


def _convert(sources: list[Path], folder: Path) -> None:
    """Convert beside `folder` and rename: two processes that start at once do not mix."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    for source in sources:
        font = TTFont(source)
        font.flavor = None
        font.save(workshop / f"{source.stem}.otf")
    try:
        workshop.rename(folder)
    except OSError:  # the other process was first
        shutil.rmtree(workshop)
